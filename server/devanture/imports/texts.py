"""The words that a new process begins with; `processes.service` fills in the organisation and the day of handover."""

TEXTS = {
    "asker": {"fr": "la Ville", "en": "the town"},
    "who_asks": {"fr": "%(organisation)s", "en": "%(organisation)s"},
    "who_decides": {
        "fr": "Le propriétaire décide\u202f; la Ville lui remettra vos souhaits le %(handover)s. "
        "Répondre ne garantit pas qu’un commerce ouvrira.",
        "en": "The landlord decides; the town hands your wishes over on %(handover)s. "
        "Answering is no promise that a shop will open.",
    },
    "not_open": {
        "fr": "Le loyer, le choix du locataire et les règles d’urbanisme ne dépendent pas de cette consultation.",
        "en": "The rent, the choice of the tenant and the planning rules do not depend on this consultation.",
    },
}
