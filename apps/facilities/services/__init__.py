"""What is done with facilities: registering, approving, their figures, their people, the craft villages."""

from apps.facilities.services.registering import (
    add_product,
    legal_tax_code,
    lock_facility,
    propose_facility,
    register_facility,
    revise_facility,
)

__all__ = [
    "add_product",
    "legal_tax_code",
    "lock_facility",
    "propose_facility",
    "register_facility",
    "revise_facility",
]
