## Shared by all mails.

mail-greeting = Hello, { $name }!
mail-greeting-plain = Hello!
mail-you-wrote = You wrote
mail-link-text = If the button does not work, open this address:
mail-reference = Reference: { $reference }

## We have it, this is what happens next.

mail-received-subject = We have your message ({ $reference })
mail-received-lead = Thank you for telling us. Your message has arrived, and a person will read it.
mail-received-promise = You will hear from us by
mail-received-button = Follow what happens
mail-received-note = There you see where it stands, read our answers and add what you forgot. Whoever has this link can read along, so keep it to yourself.
mail-received-why = You get this mail because you wrote to { $product }.

## The owner of the case writes.

mail-reply-subject = An answer to “{ $title }”
mail-reply-lead = { $author } wrote to you about “{ $title }”:
mail-reply-lead-plain = We have an answer for you about “{ $title }”:
mail-reply-button = Read and reply
mail-reply-why = You get this mail because you wrote to { $product }.

## What came of it.

mail-closure-subject-solved = You said, we did ({ $reference })
mail-closure-subject-partly = Part of what you asked for is done ({ $reference })
mail-closure-subject-not_possible = What we decided about your message ({ $reference })
mail-closure-subject-no_fault = What we found out about your message ({ $reference })
mail-closure-subject-withdrawn = Your message is closed ({ $reference })
mail-closure-lead-solved = You told us what should be better. It is done, and we want you to hear it from us.
mail-closure-lead-partly = You told us what should be better. Part of it is done, and here is how far we got.
mail-closure-lead-not_possible = You told us what should be better. We looked at it and decided not to do it. You should hear why from us.
mail-closure-lead-no_fault = You told us that something was wrong. We looked into it, and this is what we found.
mail-closure-lead-withdrawn = As you asked, we have closed your message.
mail-closure-change = What it was about
mail-closure-message-solved = What we did
mail-closure-message-partly = What we did, and what is left
mail-closure-message-not_possible = Why not
mail-closure-message-no_fault = What we found
mail-closure-message-withdrawn = A last word
mail-closure-signed = { $author }, for { $product }
mail-closure-ask-solved = Did this solve it?
mail-closure-ask-partly = Did this help?
mail-closure-ask-not_possible = Read and reply
mail-closure-ask-no_fault = Read and reply
mail-closure-ask-withdrawn = Read and reply
mail-closure-ask-note = One click on that page is enough. If it did not help, we open it again.
mail-closure-reply-note = If we missed something, tell us there: we read it.
mail-closure-why = You get this mail because you wrote to { $product }.

## We heard you.

mail-digest-subject = We heard you: { $period }
mail-digest-title = We heard you
mail-digest-lead = What came of the things you and others told us, { $period }.
mail-digest-done = You said → we did
mail-digest-declined = Decided not to, and why
mail-digest-people = { $count ->
    [one] { $count } person asked for it
   *[other] { $count } people asked for it
}
mail-digest-button = See all of it
mail-digest-why = You get this summary because you subscribed to it.
mail-digest-unsubscribe = Unsubscribe

## An account, a new password.

mail-invitation-subject = Your account at { $product }
mail-invitation-lead = { $author } has set up an account for you at { $product }, where we answer what people tell us.
mail-invitation-lead-plain = An account has been set up for you at { $product }, where we answer what people tell us.
mail-invitation-button = Choose a password
mail-invitation-expires = The link works once, until { $until }.
mail-invitation-why = You get this mail because somebody entered your address at { $product }. If you did not expect it, you need not do anything.
mail-password-subject = A new password for { $product }
mail-password-lead = Somebody, most likely you, asked for a new password for { $product }.
mail-password-button = Choose a new password
mail-password-expires = The link works once, until { $until }.
mail-password-note = If it was not you, you need not do anything: your password stays as it is.
mail-password-why = You get this mail because you have an account at { $product }.
mail-closure-subject-duplicate = About your message ({ $reference })
mail-closure-lead-duplicate = Others told us the same, and we answer all of you together.
mail-closure-message-duplicate = What came of it

## Staff hear of something on their cases.

mail-name-notice = Note to staff
mail-notice-subject-wrote = They wrote back
mail-notice-subject-reopened = Not solved yet: a case is open again
mail-notice-subject-escalated = Somebody still waits for an answer
mail-notice-subject-mentioned = A colleague mentioned you
mail-notice-subject-warned = A promise is coming up
mail-notice-subject-missed = A promise was missed
mail-notice-subject-raised = A missed promise needs you
mail-notice-subject-asked = Somebody asks for your decision
mail-notice-subject-decided = Your request was decided
mail-notice-subject-returned = A mail came back
mail-notice-lead-wrote = The person who gave this feedback has written:
mail-notice-lead-reopened = The person who gave this feedback says that it is not solved yet:
mail-notice-lead-escalated = The promised date has passed, and the person says that nobody has answered:
mail-notice-lead-mentioned = A colleague named you in a note:
mail-notice-lead-warned = { $n ->
    [one] Most of the promised time is used up for this case:
   *[other] Most of the promised time is used up for these { $n } cases:
}
mail-notice-lead-missed = { $n ->
    [one] A promised date has passed for this case:
   *[other] A promised date has passed for these { $n } cases:
}
mail-notice-lead-raised = { $n ->
    [one] This case is still waiting after its promised date, so it comes to you:
   *[other] These { $n } cases are still waiting after their promised dates, so they come to you:
}
mail-notice-lead-asked = A colleague would like to decide this and needs your consent:
mail-notice-lead-decided = Your request about this case has an answer:
mail-notice-lead-returned = Our mail to the person who gave this feedback did not arrive. You can correct their address on the case; it then goes out again. This is what came back:
mail-notice-why = You get this mail because you work on cases in { $product }.
mail-closure-ask-duplicate = Did this answer you?

## A new link for whoever came with an old one.

mail-name-link = New link
mail-link-subject = Your link ({ $reference })
mail-link-lead = Here is a new link to “{ $title }”. The old one has run out.
mail-link-button = Open the page
mail-link-why = You get this mail because somebody opened an old link to your feedback in { $product }.
