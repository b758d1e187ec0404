/** Pieces of the server's pages that the phone draws again: words and classes are those of web/macros.html. */
import { _, ngettext } from "@/i18n";
import type { PackPlace } from "@/places/types";
import type { ComponentChildren } from "preact";
import { Icon } from "@/ui/icon";

export function Top({ title, line }: { title: string; line?: string }) {
  return (
    <div class="top awning">
      <div class="top__in">
        <h1>{title}</h1>
        {line && <p>{line}</p>}
      </div>
    </div>
  );
}

/** The number on the door, or a picture of its kind; without a place, what « Mes avis » knows of one that is gone. */
export function Tile({ place, done = false }: { place: PackPlace | undefined; done?: boolean }) {
  const special = place && place.kind !== "premises" ? place : undefined;
  const short = place?.short ?? "";
  const classes = ["tile", special && `tile--${special.kind}`, done && "tile--done", short.length > 3 && "tile--long"];
  return <span class={classes.filter(Boolean).join(" ")}>{short || <Icon name={special ? stateIcon(special) : "lucide-store"} />}</span>;
}

export function State({ place }: { place: PackPlace }) {
  if (place.kind !== "premises") return <span class="badge badge--open"><Icon name={stateIcon(place)} />{word(place)}</span>;
  if (place.state === "works") return <span class="badge badge--works"><Icon name="lucide-traffic-cone" />{_("Works")}</span>;
  if (place.state === "occupied") return <span class="badge badge--open"><Icon name="lucide-door-open" />{_("Occupied")}</span>;
  return <span class="badge badge--vacant"><Icon name="lucide-square-dashed" />{_("Vacant")}</span>;
}

interface CardProps {
  process: string;
  place: PackPlace;
  done: boolean;
  /** How far from where one stands or looks, in words. */
  far?: string | undefined;
  /** What the person asked for there, in words. */
  wish?: string | undefined;
}

export function Card({ process, place, done, far = "", wish }: CardProps) {
  const { kind, title, street, hint } = place;
  return (
    <li class={done ? "card card--done" : "card"} data-ref={place.ref} data-title={title} data-lon={place.lon} data-lat={place.lat}>
      <a class="card__link" href={`/${process}/lieux/${place.ref}`}>
        <Tile place={place} done={done} />
        <span class="card__text">
          <span class="card__title">{(kind === "premises" && street) || title}</span>
          {hint && <span class="card__hint">{hint}</span>}
          <span class="card__more"><StateLine {...{ place, done, wish }} /></span>
        </span>
        <span class="card__end"><span class="card__far" data-far>{far}</span></span>
      </a>
    </li>
  );
}

/** A state is a shape, a word and a colour; on the list the wish itself is filled in from what the phone has kept. */
export function StateLine({ place, done, wish }: { place: PackPlace; done: boolean; wish: string | undefined }) {
  if (done) return <span class="state state--done"><Icon name="lucide-check" />{wish ? _("Your wish: %(wish)s", { wish }) : _("Answered")}</span>;
  const count = place.participants ? ngettext("%(num)s answer", "%(num)s answers", place.participants) : _("no answer yet");
  return <><span class={`state state--${place.kind === "premises" ? place.state : place.kind}`}><Icon name={stateIcon(place)} />{word(place)}</span>{` · ${count}`}</>;
}

function stateIcon({ kind, state }: PackPlace): string {
  if (kind === "site") return "lucide-tree-deciduous";
  if (kind === "spot") return "lucide-map-pin-plus";
  if (state === "works") return "lucide-traffic-cone";
  return state === "occupied" ? "lucide-door-open" : "lucide-square-dashed";
}

function word(place: PackPlace): string {
  if (place.kind === "site") return _("To imagine");
  if (place.kind === "spot") return _("Marked on the map");
  if (place.state === "works") return _("Works");
  return place.state === "occupied" ? _("Occupied") : _("Vacant");
}

/** A fold beside others: what most people need not open. */
export function More({ title, supply = false, children }: { title: string; supply?: boolean; children: ComponentChildren }) {
  return (
    <details class={supply ? "more__one more__one--supply" : "more__one"}>
      <summary>{title}</summary>
      <div class="more__in">{children}</div>
    </details>
  );
}
