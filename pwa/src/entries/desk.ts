/** The desk's pages: their look; the server draws what they hold. */
import "@/ui/index.css";
import "@/phone.css";
