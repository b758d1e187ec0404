from typing import Annotated

from msgspec import Meta

Person = Annotated[int, Meta(ge=0, le=5)]
"""Who answers on a phone: 0 its own person, 1 to 5 somebody it was lent to."""
