"""What the demonstration invents its shops from: how many of each kind, and how their signs are worded.

All of it is made up. `{n}` is a first name, `{s}` a family name, `{i}` one of the poetic signs of `IMAGES`.
The counts are those of a busy town centre with gaps worth asking for: a single fishmonger, no fabric shop,
one hardware store, two greengrocers.
"""

DECK: dict[str, tuple[int, str]] = {
    "restaurant": (60, "{i}|La Table de {n}|Chez {n}|Le Bistrot de {n}|Crêperie {s}|Cuisine {s}"),
    "cafe": (16, "Café {i}|Le Comptoir de {n}|Café {s}"),
    "bar": (20, "Bar {i}|Le Zinc de {n}|{i}, bar à vins"),
    "takeaway": (20, "Sur le pouce chez {n}|{i} à emporter|Galettes {s}"),
    "tea-room": (6, "Les Thés de {n}|{i}, salon de thé"),
    "bakery": (20, "Le Fournil de {n}|Boulangerie {s}|Au pain de {n}"),
    "pastry-shop": (4, "Pâtisserie {s}|Les Gâteaux de {n}"),
    "chocolate-sweets": (7, "Chocolats {s}|Confiserie {s}"),
    "ice-cream": (3, "Glaces {s}"),
    "clothes": (48, "{n} & {n}|Maison {s}|{i}, prêt-à-porter|Vestiaire {s}"),
    "designer-clothes": (8, "Atelier {s}|{n} {s}, créations"),
    "second-hand": (6, "La Friperie de {n}|{i}, seconde main"),
    "shoes": (14, "Chaussures {s}|{n} à pied|Souliers {s}"),
    "leather-bags": (9, "Maroquinerie {s}|Sacs {s}"),
    "jewellery": (13, "Bijouterie {s}|Horlogerie {s}"),
    "optician": (13, "Optique {s}|Les Lunettes de {n}"),
    "perfume-cosmetics": (8, "Parfumerie {s}|Les Senteurs de {n}"),
    "hairdresser": (26, "Coiffure {n}|{n} coiffeur|Salon {s}|Barbier {s}"),
    "beauty": (14, "Institut {n}|Les Mains de {n}"),
    "massage": (4, "L’Heure calme de {n}"),
    "pharmacy": (12, "Pharmacie {s}"),
    "medical-supplies": (4, "Audition {s}|Matériel médical {s}"),
    "drugstore": (2, "Herboristerie {s}"),
    "tattoo": (4, "Tatouage {s}"),
    "gym": (3, "Salle {s}"),
    "household": (10, "Maison {s}|L’Intérieur de {n}"),
    "furniture": (5, "Meubles {s}"),
    "children-shop": (4, "Les Petits de {n}"),
    "sports-shop": (4, "Sports {s}"),
    "phones": (8, "Téléphonie {s}|Micro {s}"),
    "photo": (2, "Photo {s}"),
    "bicycles": (1, "Cycles {s}"),
    "hardware": (1, "Quincaillerie {s}"),
    "gifts": (5, "{i}, cadeaux"),
    "handicraft": (3, "Céramiques {s}|Atelier {i}"),
    "florist": (6, "Les Fleurs de {n}|Fleurs {s}"),
    "wine-drinks": (7, "Cave {s}|Les Vins de {n}"),
    "grocer": (8, "Épicerie {s}|L’Alimentation de {n}"),
    "supermarket": (4, "Marché {s}"),
    "organic-shop": (2, "Vrac {s}"),
    "butcher": (3, "Boucherie {s}"),
    "caterer": (3, "Traiteur {s}"),
    "cheesemonger": (1, "Fromagerie {s}"),
    "greengrocer": (2, "Primeurs {s}"),
    "fishmonger": (1, "Poissonnerie {s}"),
    "coffee-tea": (3, "Torréfaction {s}"),
    "fine-foods": (3, "Épicerie fine {s}"),
    "world-foods": (3, "Saveurs de {n}"),
    "bookshop": (7, "Librairie {i}|Librairie {s}"),
    "toys": (3, "Jouets {s}"),
    "gallery": (6, "Galerie {s}"),
    "antiques": (4, "Antiquités {s}"),
    "music-shop": (2, "Disques {s}"),
    "stationery": (3, "Papeterie {s}"),
    "newsagent": (4, "Presse {s}"),
    "cinema": (1, "Cinéma {i}"),
    "performance-venue": (2, "Théâtre {i}"),
    "bank": (20, "Banque {s}|Assurances {s}"),
    "estate-agent": (14, "Agence {s}|Immobilier {s}"),
    "employment-agency": (4, "Intérim {s}"),
    "travel-agency": (3, "Voyages {s}"),
    "tobacconist": (9, "Tabac {s}|Le Tabac de {n}"),
    "dry-cleaning": (3, "Pressing {s}"),
    "launderette": (4, "Laverie {s}"),
    "alterations": (2, "Retouches {s}"),
    "cobbler": (1, "Cordonnerie {s}"),
    "printing": (3, "Copies {s}"),
    "upholsterer": (2, "Encadrements {s}"),
    "driving-school": (3, "Auto-école {s}"),
    "locksmith": (1, "Serrurerie {s}"),
}

_FIRST = """
Adèle Aliénor Anatole Annaïg Aurèle Azenor Bastien Bérénice Bleuenn Brieuc Céleste Clélia Corentin Cyprien Damien
Delphin Denez Éloi Élouan Enora Esteban Eulalie Fantine Faustin Félicie Gaspard Gildas Goulven Gwenola Hortense
Idriss Ilona Iris Joachim Josselin Jonas Katell Kenza Lénaïg Léopold Lilou Lisette Loeiza Lubin Maïwenn Malo
Marceline Mathurin Maxence Mériadec Moussa Naëlle Nolwenn Octave Odette Ondine Pacôme Perrine Philomène Quentin
Rozenn Sacha Salomé Sterenn Swann Talia Tanguy Thaïs Théodora Tiphaine Tristan Ulysse Valère Violette Yaëlle Youna
"""
FIRST_NAMES = tuple(_FIRST.split())

_FAMILY = """
Abgrall Allanic Aubrée Barbedor Bazoge Bellangreau Belz Berthevin Bézias Blanloeil Boisselier Bonraisin Bourdeleau
Brangeon Brossaud Cadiou Cassard-Loret Chantrel Charpenteau Chauvel Clergeau Coquelin Corbineau Coualan Couëron
Crépin Dabouis Daguin Delhommeau Denigot Douaud Drouillard Durassier Ertaud Évain Favreau Ferronnière Fouquereau
Fruchard Gaborit Galisson Garnereau Gautret Gergaud Goulaine Grandjouan Grelaud Guilbaud Guillouard Halgand Hervouet
Houdayer Huchet Jahan Jaunasse Kerdoncuff Kerguelin Kervella Lamballais Landreau Laurenceau Lebreton-Viaud Leduc-Moré
Lefaucheux Legouais Lesné Letertre Loirat Lorieux Macouin Mahé-Pineau Malgogne Marchais Massonneau Mauvoisin
Mercerolle Métaireau Moinard Moriceau Nauleau Nerrière Nogues Olivaud Orain Padioleau Pageaud Palvadeau Pavageau
Pellerin Perraudeau Pichelin Pineaudeau Poirault Portejoie Praud Quélennec Rabouin Rautureau Ravilly Recoquillé
Ricordel Rineau Rondineau Rouxeau Sauvestre Savariau Sébilleau Sorin-Macé Tallendeau Templier Terrien Thébaud
Tourillon Trichereau Trotreau Urvoas Vallade Verdeau Vezin Viaud-Lory Visonneau Voisinet Yviquel Ziliani
"""
FAMILY_NAMES = tuple(_FAMILY.split())

_IMAGES = """
Le Héron cendré|L’Ancre bleue|La Sardine bavarde|Le Figuier penché|La Lampe-tempête|Le Renard des quais|La Belle Marée
Le Petit Estuaire|La Grue endormie|L’Amarre|Le Pavé mouillé|La Gabare|Le Chat du passage|La Boussole folle
Le Muscadin|L’Aiguille du Nord|La Toue cabanée|Le Merle moqueur du quai|Les Trois Marches|La Cour pavée
Le Vent du large|La Rive gauche de l’Erdre|L’Horloge arrêtée|La Fenêtre ronde|Le Magnolia|L’Escale verte|La Voile rousse
Le Ponton|Les Deux Hirondelles|La Lanterne du port|Le Tilleul|L’Écailler bleu|La Pie voleuse|Le Cabestan
La Marelle|L’Encrier|Les Quatre Saisons du port|Le Ruban bleu|La Cabane aux mots|L’Étoile de Loire|Le Beau Navire
La Grande Ourse|Le Petit Caillou|L’Île flottante|La Reine des prés|Le Quai des songes|Les Mains vertes|La Bulle d’air
Le Jardin suspendu|La Corde sensible|L’Arbre à palabres|Le Phare éteint|La Mouette rieuse du pont|Le Fil de l’eau
"""
IMAGES = tuple(_IMAGES.strip().replace("\n", "|").split("|"))

FORMER = (
    "ancienne maroquinerie",
    "ancien magasin de chaussures",
    "ancienne boutique de vêtements",
    "ancienne agence bancaire",
    "ancienne poissonnerie",
    "ancienne boucherie",
    "ancienne mercerie",
    "ancienne librairie",
    "ancien marchand de journaux",
    "ancienne quincaillerie",
    "ancienne boulangerie",
    "ancien pressing",
    "ancienne agence de voyages",
    "ancien magasin de meubles",
    "ancien studio de photo",
    "ancien magasin de jouets",
    "ancien disquaire",
    "ancien restaurant",
    "ancien fleuriste",
    "ancien magasin de vaisselle",
    "ancienne bijouterie",
    "ancien magasin de téléphonie",
)

STANCES = {"partner": 14, "informed": 13, "silent": 11, "refuses": 5}
LANDLORDS = (
    "Bailleur social (démonstration)",
    "Société d’économie mixte (démonstration)",
    "Propriétaire privé (démonstration)",
    "Indivision familiale (démonstration)",
    "Société foncière (démonstration)",
)
PLANS = (
    {
        "fr": "Démonstration : le plan local d’urbanisme garde ce rez-de-chaussée au commerce et à l’artisanat.",
        "en": "Demonstration: the local plan keeps this ground floor for shops and crafts.",
    },
    {
        "fr": "Démonstration : le plan local d’urbanisme protège ici les commerces de proximité ; ni banque ni agence.",
        "en": "Demonstration: the local plan keeps this shopfront for everyday shops; no bank, no estate agent.",
    },
)
SITES = {
    "petite-hollande": ("Place de la Petite Hollande", "Place de la Petite Hollande"),
    "viarme": ("Place Viarme", "Place Viarme"),
    "bretagne": ("Place de Bretagne", "Place de Bretagne"),
    "lait-de-mai": ("Square du Lait de Mai", "Square du Lait de Mai"),
    "ricordeau": ("Terrain libre, place Alexis Ricordeau", "Place Alexis Ricordeau"),
}
"""Reference → the site's name, and the street of BD TOPO whose middle is its point."""
