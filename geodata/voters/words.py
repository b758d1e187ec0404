"""What invented voters ask for, say and come from. Shares are guesses, not a survey."""

BASE = {
    "bakery": 9, "fishmonger": 9, "grocer": 8, "greengrocer": 8, "cheesemonger": 6, "butcher": 5, "organic-shop": 6,
    "fine-foods": 2, "world-foods": 2, "supermarket": 3, "pastry-shop": 2, "ice-cream": 2, "cafe": 6,
    "community-cafe": 5, "canteen": 3, "tea-room": 2, "restaurant": 3, "bar": 1, "takeaway": 1, "bookshop": 6,
    "newsagent": 4, "toys": 2, "stationery": 2, "music-shop": 1, "hardware": 7, "bicycles": 5, "appliance-repair": 6,
    "cobbler": 4, "alterations": 2, "fabrics": 3, "second-hand": 3, "household": 1, "florist": 3, "pharmacy": 2,
    "post-office": 4, "launderette": 1, "tool-hire": 2, "health-centre": 4, "association": 3, "youth-place": 3,
    "childcare": 2, "makerspace": 2, "library": 2, "housing": 1, "seniors-place": 2, "artist-studio": 2,
    "shared-garden": 7, "trees": 8, "benches": 6, "playground": 6, "drinking-water": 4, "toilets": 4,
    "street-market": 5, "kiosk-cafe": 5, "cycle-parking": 3, "wild-meadow": 3, "petanque": 3, "quiet-place": 3,
    "table-games": 2, "open-air-cinema": 3, "stage": 2, "cool-refuge": 4, "compost": 2, "picnic": 3,
}  # fmt: skip
"""How much each activity is wanted in general; what is not named weighs `RARELY`."""
RARELY = 0.15

CHANNELS = {"web": 82, "paper": 7, "tablet": 6, "phone": 3, "for_another": 2}
PROOFS = {
    "web": {"none": 55, "door_code": 25, "email": 12, "at_door": 8},
    "paper": {"paper": 1},
    "tablet": {"at_door": 1},
    "phone": {"none": 1},
    "for_another": {"none": 7, "door_code": 3},
}
FREQUENCIES = {"": 35, "daily": 12, "weekly": 34, "monthly": 15, "rarely": 4}
NUISANCES = ("noise", "smells", "deliveries")

OTHERS = (
    "un atelier de reliure",
    "une graineterie",
    "un luthier",
    "un magasin de laine et de tricot",
    "une conserverie de quartier",
    "un réparateur d’instruments",
    "une herboristerie avec des conseils",
    "un bain public",
    "une ressourcerie",
    "un cordonnier qui refait les clés",
    "un marchand de couleurs",
    "un lieu pour apprendre à réparer",
    "une boulangerie ouverte le lundi",
    "un atelier de vitrail",
    "une épicerie où l’on peut cuisiner ensemble",
)

COMMENTS = (
    "Depuis la fermeture, il n’y a plus rien d’utile dans ce bout de rue.",
    "Merci de nous demander notre avis !",
    "Ouvert le dimanche matin, ce serait parfait.",
    "Ma mère ne peut plus aller jusqu’au marché, il faudrait quelque chose tout près.",
    "Surtout pas un énième magasin de téléphonie.",
    "Le local est sombre, il faudrait refaire la vitrine.",
    "Avec des prix abordables, s’il vous plaît.",
    "Je passe devant tous les jours en allant au travail.",
    "On a déjà assez de restauration rapide dans le quartier.",
    "Pensez à l’accès pour les fauteuils et les poussettes, la marche est haute.",
    "Un commerce qui reste plus d’un an, ce serait bien.",
    "Les livraisons bloquent déjà la rue le matin.",
    "Il y avait une très belle devanture en bois, dommage de la laisser pourrir.",
    "Pourquoi pas un lieu partagé entre deux artisans ?",
    "Avec une petite terrasse, mais pas trop tard le soir.",
    "Les étudiants du quartier en auraient besoin.",
    "Le soir, la rue est vide ; une lumière de plus rassurerait.",
    "Nous sommes plusieurs voisins à en parler depuis des mois.",
    "Un loyer raisonnable, sinon personne ne tiendra.",
    "Quelque chose pour les enfants après l’école.",
    "De l’ombre et de l’eau avant tout.",
    "Gardez les arbres qui sont là.",
)
"""Comments for premises, the last three for sites as well."""
FOR_SITES = COMMENTS[-3:]
