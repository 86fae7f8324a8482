# Saying something, and what one gets for it.

feedback-title = What would make it better?
feedback-who-reads = A person reads it: the team that can do something about it, and those who decide about changes. You will have an answer by { $day }.
feedback-text = Tell us in your own words
feedback-look-similar = See if somebody said it already
feedback-similar = Somebody said something like it
feedback-me-too = Me too
feedback-own-title = Give it a title of your own
feedback-own-title-label = Title
feedback-own-title-hint = otherwise the first sentence is used
feedback-kind = What is it?
feedback-topic = What is it about?
feedback-no-topic = Not sure
feedback-affected = Where does it happen, and whom does it affect?
feedback-affected-hint = optional, for example: the store on Lenin Street, new customers
feedback-voice = You are writing as
feedback-voice-employee = an employee
feedback-voice-customer = a customer
feedback-answer = How may we answer you?
feedback-answer-me = As { $name }
feedback-answer-me-hint = you are signed in; the answer comes to the address of your account
feedback-answer-email = By e-mail
feedback-answer-email-hint = only those who work on it see the address
feedback-answer-anonymous = Anonymously, with a code
feedback-answer-anonymous-hint = we keep no name, no address and no time of day; the answer waits behind the code
feedback-email = E-mail
feedback-name = Your name
feedback-digest = Tell me once a month what changed
feedback-send = Send
feedback-trap = Leave this empty
feedback-have-code = Said something already?

feedback-received-title = Thank you, we have it
feedback-received-promise = You will have an answer by { $day }.
feedback-reference = Number
feedback-promised = Answer by
feedback-follow = Follow it here
feedback-mail-follows = If you left an e-mail address, the same link is on its way there.
feedback-code-title = Your code
feedback-code-once = This code is shown only now. Without it you cannot open the answer, and we cannot make you another. Please write it down or print it.
feedback-say-more = Say something else

# What is wrong with a field, or with a request

error-signed-out = You are no longer signed in. Please choose another way, or sign in and send it again.
error-needs-token = Only a token with the right to write feedback may set this.
error-anonymous-contact = Anonymous feedback has no contact: leave out one of the two.
error-external-id-taken = This channel has already sent feedback with this external_id.
error-future = This lies in the future.
error-unreadable = We cannot read this value.
error-idempotency-key = An Idempotency-Key has 16 to 200 visible characters, so that nobody can guess it.
error-idempotency-reused = This Idempotency-Key was used for a different request.
error-view-or-filter = A view cannot be combined with a status or an owner.
feedback-nothing-similar = Nobody has said this yet. You are the first.
