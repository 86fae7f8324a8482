# Series of digests: what administrators decide; and sending an edition

error-series-changed = Somebody else has changed this series meanwhile. Please look at it again.
error-digest-moved-on = This digest has moved on meanwhile. Please look at it again.

series-rule-never = when somebody writes one
series-rule-last_day = the last day of each month
series-rule-first_day = the first day of each month
