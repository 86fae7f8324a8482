# Учётные записи: вход, свои настройки и то, чем занимаются администраторы.

people-email = Почта
people-email-hint = с ней вы будете входить
people-name = Имя
people-your-name = Как вас зовут
people-your-name-hint = так будут подписаны ваши ответы
people-lang = Язык
people-your-lang = Ваш язык
people-lang-en = English
people-lang-ru = Русский

# Вход

people-password = Пароль
people-back-to-sign-in = Вернуться ко входу
people-signed-out = Вы вышли.

# Пароли

people-password-forgotten = Забыли пароль?
people-password-forgotten-text = Укажите свою почту. Мы пришлём ссылку, по которой можно выбрать новый пароль.
people-password-ask = Прислать ссылку
people-password-asked = Если у этого адреса есть учётная запись, ссылка уже в пути.
people-password-asked-next = Ссылка сработает один раз в течение часа. Если письма нет, загляните в спам или напишите администратору.
people-password-choose = Выберите пароль
people-password-welcome = Добро пожаловать, { $name }! Остался один шаг.
people-password-hello = { $name }, здесь можно выбрать новый пароль.
people-password-new = Новый пароль
people-password-hint = не короче 15 знаков; лучше всего несколько слов, которые легко запомнить
people-password-save = Сохранить пароль
people-password-saved = Пароль сохранён. Войдите с ним, пожалуйста.
people-password-ends-sessions = На остальных ваших устройствах придётся войти заново.
people-password-change = Сменить пароль
people-password-current = Текущий пароль
people-password-changed = Пароль изменён. На остальных устройствах вы вышли.
people-password-wrong = Это не ваш текущий пароль.
people-password-short = Не меньше { $min } знаков, пожалуйста. Четыре слова подряд легко запомнить.
people-password-common = Такой пароль выбирают многие, его угадают первым. Придумайте, пожалуйста, другой.
people-password-personal = Этот пароль составлен из вашего имени или адреса, его легко угадать. Придумайте, пожалуйста, другой.

people-link-over = Ссылка больше не работает
people-link-over-text = Она уже использована, устарела или заменена новой. Если у вас есть учётная запись, мы пришлём другую.

# Первый администратор

people-setup = Начнём
people-setup-text = Вы здесь первый человек. Создайте свою учётную запись: как администратор вы пригласите остальных.
people-setup-submit = Создать учётную запись
people-setup-done = Всё готово. Добавьте команды и темы, а потом пригласите людей.

# Свои настройки

people-me = О вас
people-profile = Имя и язык
people-your-email = Вы входите как { $email }.
people-devices-text = Здесь вы вошли. Если какое-то устройство вам незнакомо, завершите вход на нём и смените пароль.
people-device = Устройство
people-device-unknown = Неизвестный браузер
people-device-here = это устройство
people-device-since = вход { $at }
people-device-seen = Последний раз
people-device-end = Завершить вход
people-devices-end-others = Выйти на всех остальных устройствах
people-sessions-ended = Вход там завершён.

# Люди

people-members = Люди
people-search = Имя, почта или команда
people-invite = Пригласить
people-invite-text = Человек получит письмо со ссылкой, чтобы выбрать пароль. Она действует семь дней.
people-invite-submit = Отправить приглашение
people-invited = Приглашение в пути.
people-invited-text = Этот человек ещё не выбрал пароль.
people-invite-again = Пригласить ещё раз
people-email-taken = Этот адрес здесь уже у кого-то есть.
people-role = Роль
people-role-employee = Сотрудник: пишет отзывы и следит за ними
people-role-owner = Ответственный: ведёт обращения команды и список изменений
people-role-council = Участник совета: решает об изменениях, видит все обращения
people-role-admin = Администратор: управляет всем
people-role-text = Если сменить роль, человек выйдет на всех устройствах.
people-role-own = Это вы: если сменить роль, придётся войти заново.
people-last-admin = Это единственный администратор. Сначала назначьте, пожалуйста, ещё одного.
people-team = Команда
people-no-team = Без команды
people-since = Здесь с
people-state = Состояние
people-state-active = Доступ открыт
people-state-invited = Приглашение отправлено
people-state-disabled = Доступ закрыт
people-disable = Закрыть доступ
people-disable-text = Человек выйдет на всех устройствах и не сможет войти. Всё, что он сделал, останется.
people-enable = Открыть доступ
people-enable-text = Доступ закрыт. Если открыть, подойдёт прежний пароль.
people-none = Никого не нашлось
people-none-text = Попробуйте часть имени, адреса или названия команды.
people-more = Показаны только первые 200. Остальных найдёт поиск.

# Команды

people-teams = Команды
people-teams-text = Обращение может относиться к команде, тогда его видят ответственные этой команды.
people-team-members = Участники
people-team-name = Название команды
people-team-add = Добавить команду
people-team-edit = Переименовать команду
people-teams-none = Команд пока нет
people-teams-none-text = Небольшой компании можно и без них: тогда каждый ответственный видит все обращения, которые никто не взял.

# Темы

people-topics = Темы
people-topics-text = Из них выбирают те, кто нам пишет, в этом порядке. Тему из архива больше не предлагаем, но у прежних отзывов она остаётся.
people-topic = Тема
people-topic-en = Название по-английски
people-topic-ru = Название по-русски
people-topic-position = Место
people-topic-position-hint = чем меньше число, тем выше
people-topic-add = Добавить тему
people-topic-edit = Изменить тему
people-topic-archive = В архиве: больше не предлагать
people-topic-archived = В архиве
people-topic-offered = Предлагаем
people-topics-none = Тем пока нет
people-topics-none-text = Без тем люди просто пишут. Для начала хватит пяти-шести.

# Ключи API

people-tokens = Ключи API
people-tokens-text = С ключом другая система работает здесь от имени человека.
people-tokens-docs = Что она умеет
people-token = Ключ
people-token-add = Создать ключ
people-token-name = Название
people-token-name-hint = какая система им пользуется
people-token-email = От чьего имени
people-token-email-hint = почта этого человека
people-token-of = от имени: { $name }
people-token-scopes = Разрешено
people-token-scopes-missing = Выберите хотя бы одно.
people-scope-feedback-write = отправлять отзывы
people-scope-feedback-read = читать отзывы
people-scope-cases-read = читать обращения
people-scope-cases-write = вести обращения
people-scope-changes-read = читать изменения
people-scope-changes-write = вести изменения
people-token-expires = Действует до
people-token-expires-hint = оставьте пустым, если без срока
people-token-expired = истёк
people-token-no-end = без срока
people-token-used = Последний раз
people-token-never = ни разу
people-token-create = Создать ключ
people-token-made = Ваш ключ
people-token-once = Он виден только сейчас. Скопируйте его туда, где он нужен: у нас копии не останется.
people-token-revoke = Отозвать
people-token-revoke-text = Система, которая им пользуется, сразу и навсегда потеряет доступ.
people-token-revoked = Ключ отозван и больше ничего не открывает.

# С чем начинает новая база
begun-complaints = Жалобы
begun-problems = Неполадки
begun-questions = Вопросы
begun-ideas = Идеи
begun-others = Всё остальное
begun-always = Круглосуточно
begun-everybody = Всем
