"""Pure rules of forms: logic, definitions, typed entries, checking, comparing. No Django, no clock."""
