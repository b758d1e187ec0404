/** A finished round, to be walked by a neighbour: `share_round` in server/devanture/web/templates/macros.html. */
import { _ } from "@/i18n";
import { ShareButton } from "@/share/share";

export function ShareRound({ process, street }: { process: string; street: string }) {
  const url = `/${process}/tournee?rue=${encodeURIComponent(street)}`;
  return <ShareButton url={url} title={street} text={_("I have said what I would like in %(street)s. And you?", { street })} label={_("Share my round")} />;
}
