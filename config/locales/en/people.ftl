# Accounts: the way in, one's own things, and what administrators arrange.

people-email = E-mail
people-email-hint = you sign in with it
people-name = Name
people-your-name = Your name
people-your-name-hint = as it stands under your answers
people-lang = Language
people-your-lang = Your language
people-lang-en = English
people-lang-ru = Русский

# Signing in

people-password = Password
people-back-to-sign-in = Back to signing in
people-signed-out = You are signed out.

# Passwords

people-password-forgotten = Forgot your password?
people-password-forgotten-text = Tell us your e-mail address. We will send you a link to choose a new password.
people-password-ask = Send me a link
people-password-asked = If this address has an account here, a link is on its way.
people-password-asked-next = The link works once, for an hour. If nothing arrives, look among the spam, or ask an administrator.
people-password-choose = Choose a password
people-password-welcome = Welcome, { $name }. One step and you are in.
people-password-hello = { $name }, choose a new password here.
people-password-new = New password
people-password-hint = at least 15 characters; a few words you will remember are best
people-password-save = Save the password
people-password-saved = Your password is saved. Please sign in with it.
people-password-ends-sessions = This signs you out on all your other devices.
people-password-change = Change the password
people-password-current = Current password
people-password-changed = Your password is changed. All your other devices are signed out.
people-password-wrong = This is not your current password.
people-password-short = At least { $min } characters, please. Four words in a row are easy to remember.
people-password-common = Many people use this one, so it is guessed first. Please choose another.
people-password-personal = This is made of your name or address and easily guessed. Please choose another.

people-link-over = This link does not work any more
people-link-over-text = It has been used, replaced by a newer one, or is too old. If you have an account, we can send you another.

# The first administrator

people-setup = Let us set up
people-setup-text = You are the first one here. Create your account: as administrator you invite everybody else.
people-setup-submit = Create my account
people-setup-done = You are in. Add your teams and topics, then invite people.

# One's own things

people-me = About you
people-profile = Name and language
people-your-email = You sign in as { $email }.
people-devices-text = You are signed in here. If you do not recognise a device, sign it out and change your password.
people-device = Device
people-device-unknown = Unknown browser
people-device-here = this device
people-device-since = signed in { $at }
people-device-seen = Last seen
people-device-end = Sign out
people-devices-end-others = Sign out on all other devices
people-sessions-ended = Signed out there.

# People

people-members = People
people-search = Name, e-mail or team
people-invite = Invite somebody
people-invite-text = They get a mail with a link to choose a password. It works for seven days.
people-invite-submit = Send the invitation
people-invited = The invitation is on its way.
people-invited-text = They have not chosen a password yet.
people-invite-again = Send the invitation again
people-email-taken = Somebody here has this address already.
people-role = Role
people-role-employee = Employee: gives feedback and follows it
people-role-owner = Case owner: works the cases of a team and the backlog
people-role-council = Council member: decides about changes, sees every case
people-role-admin = Administrator: runs everything
people-role-text = Another role signs this person out everywhere.
people-role-own = This is you: another role signs you out.
people-last-admin = This is the only administrator. Please make somebody else administrator first.
people-team = Team
people-no-team = No team
people-since = Here since
people-state = State
people-state-active = Active
people-state-invited = Invited
people-state-disabled = Locked
people-disable = Lock the account
people-disable-text = Whoever is locked is signed out everywhere and cannot sign in. What they did stays.
people-enable = Unlock the account
people-enable-text = This account is locked. Unlocked, it works with the same password.
people-none = Nobody found
people-none-text = Try part of a name, an address or a team.
people-more = Only the first 200 are shown. Search to see the others.

# Teams

people-teams = Teams
people-teams-text = A case can belong to a team; its owners see the cases of their team.
people-team-members = Members
people-team-name = Name of the team
people-team-add = Add a team
people-team-edit = Rename the team
people-teams-none = No teams yet
people-teams-none-text = Small companies can do without: then every owner sees every case that nobody has taken.

# Topics

people-topics = Topics
people-topics-text = What people can choose when they write to us, in this order. An archived topic is not offered, and stays on what was said.
people-topic = Topic
people-topic-en = Name in English
people-topic-ru = Name in Russian
people-topic-position = Place
people-topic-position-hint = smaller numbers come first
people-topic-add = Add a topic
people-topic-edit = Change the topic
people-topic-archive = Archived: do not offer it any more
people-topic-archived = Archived
people-topic-offered = Offered
people-topics-none = No topics yet
people-topics-none-text = Without topics people just write. Five or six are enough to start with.

# API tokens

people-tokens = API tokens
people-tokens-text = A token lets another system work here in the name of a person.
people-tokens-docs = What it can do
people-token = Token
people-token-add = Make a token
people-token-name = Name
people-token-name-hint = which system uses it
people-token-email = Acts for
people-token-email-hint = the e-mail address of the person
people-token-of = for { $name }
people-token-scopes = May
people-token-scopes-missing = Please choose at least one.
people-scope-feedback-write = send feedback
people-scope-feedback-read = read feedback
people-scope-cases-read = read cases
people-scope-cases-write = work cases
people-scope-changes-read = read changes
people-scope-changes-write = work changes
people-token-expires = Valid until
people-token-expires-hint = leave it empty for no end
people-token-expired = expired
people-token-no-end = no end
people-token-used = Last used
people-token-never = never
people-token-create = Make the token
people-token-made = Your token
people-token-once = It is shown only now. Copy it to where it is needed; we keep no copy.
people-token-revoke = Revoke
people-token-revoke-text = The system that uses it loses its access at once, for good.
people-token-revoked = The token is revoked and opens nothing any more.

# What a new database begins with
begun-complaints = Complaints
begun-problems = Problems
begun-questions = Questions
begun-ideas = Ideas
begun-others = Everything else
begun-always = Around the clock
begun-everybody = Everybody
