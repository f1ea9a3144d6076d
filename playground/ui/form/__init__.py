"""The form of Config fields, which obeys the hand: one component, and who answers it."""
