/** The results page: its tables come from the server, the heat map from here. */
import "@/ui/index.css";
import "@/phone.css";
import { start } from "@/entries/start";
import { wakeHeatMap } from "@/heatmap/open";

void start({ "heat-map": wakeHeatMap });
