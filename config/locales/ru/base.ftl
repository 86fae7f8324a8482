# Слова, которые есть на каждой странице.

skip-to-content = Перейти к содержанию
nav-main = Основное
nav-cases = Обращения
nav-changes = Изменения
nav-council = Совет
nav-digests = Дайджесты
nav-outbox = Исходящие
nav-admin = Управление
nav-track = Где мой отзыв?
speak-up = Рассказать
sign-in = Войти
sign-out = Выйти
account-menu = Профиль: { $name }
my-devices = Мои устройства
# Название другого языка, на нём самом.
switch-language = English
search-label = Поиск обращений и изменений
search-submit = Найти
mail-stays-here = Почтовый сервер не настроен: письма остаются во внутреннем ящике и никуда не уходят.
mail-stays-here-link = Прочитать

# Клавиши

keys-title = Быстрые клавиши
keys-move = следующая и предыдущая строка
keys-open = открыть строку
keys-select = выбрать строку, а с Shift все до неё
keys-search = поиск
keys-cases = к обращениям
keys-changes = к изменениям
keys-council = к совету
keys-help = этот список
keys-layout = Важно место клавиши, а не буква, поэтому они работают в любой раскладке.
keys-on = Включить быстрые клавиши

# Частые действия и слова

save = Сохранить
cancel = Отмена
close = Закрыть
back = Назад
edit = Изменить
delete = Удалить
undo = Отменить
add = Добавить
send = Отправить
open = Открыть
show-more = Показать ещё
filter = Фильтр
print = Распечатать
copy = Скопировать
copied = Скопировано
download = Скачать
yes = Да
no = Нет
optional = необязательно
nobody = Пока никто
somebody = Кто-то
you = Вы
anonymous = Анонимно
the-system = Автоматически
staff-only = Видно только сотрудникам
pager = Страницы
pager-previous = Назад
pager-next = Дальше
errors-title = Проверьте, пожалуйста
saved = Сохранено.

# Путь отзыва, как его видит автор

loop-heard = Услышали
loop-decided = Решили
loop-done = Сделали
loop-told = Ответили
loop-helped = Помогло?
loop-step-done = пройдено

# Виды отзывов и кто говорит

kind-complaint = Жалоба
kind-idea = Идея
kind-problem = Проблема
kind-question = Вопрос
kind-praise = Благодарность
# После «EX» или «CX» на метке.
kind-short-complaint = жалоба
kind-short-idea = идея
kind-short-problem = проблема
kind-short-question = вопрос
kind-short-praise = благодарность
voice-employee = Сотрудник
voice-customer = Клиент
voice-short-employee = EX
voice-short-customer = CX

# Каналы

channel-web = Форма на сайте
channel-email = Почта
channel-phone = Телефон
channel-chat = Чат
channel-store = В магазине
channel-survey = Опрос
channel-import = Импорт
channel-api = API

# Состояния обращений, изменений и писем

status-new = Получено
status-in_review = Рассматриваем
status-waiting = Ждём ответа автора
status-decided = Решение принято
status-doing = Делаем
status-resolved = Решено
status-closed = Закрыто

change-status-proposed = Предложено
change-status-needs_data = Нужны данные
change-status-accepted = Принято
change-status-in_progress = В работе
change-status-shipped = Внедрено
change-status-verified = Проверено
change-status-deferred = Отложено
change-status-declined = Отклонено

mail-status-queued = В очереди
mail-status-leased = Отправляется
mail-status-sent = Отправлено
mail-status-retry = Попробуем ещё раз
mail-status-unknown = Неизвестно, дошло ли
mail-status-suppressed = Не отправляем
mail-status-failed = Не удалось отправить

# Чем кончилось обращение и как об этом узнал автор

outcome-solved = Решено
outcome-partly = Решено частично
outcome-not_possible = Сделать нельзя
outcome-no_fault = Ошибки не нашли
outcome-withdrawn = Автор отозвал
outcome-duplicate = Ответили в другом обращении

told-mail = Сообщили письмом
told-page = Сообщили на странице отзыва
told-opted_out = Автор просил не писать
told-no_address = Автор не оставил адреса
told-bounced = Письмо вернулось

# Роли

role-contact = Автор отзыва
role-employee = Сотрудник
role-owner = Ответственный
role-council = Участник совета
role-admin = Администратор

# Сроки и длительность; $text - готовая длительность, например «2 ч 10 мин»

due-in = { $text }
due-late = −{ $text }
# Read aloud after it, and shown where a badge stands alone.
due-late-word = просрочено
due-snoozed = отложено до { $date }
due-paused = пауза, ждём ответа
due-none = срока нет
due-met = в срок

duration-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
duration-hours = { $n ->
    [one] { $n } час
    [few] { $n } часа
    [many] { $n } часов
   *[other] { $n } часа
}
duration-minutes = { $n ->
    [one] { $n } минута
    [few] { $n } минуты
    [many] { $n } минут
   *[other] { $n } минуты
}

# Количества

count-people = { $n ->
    [one] { $n } человек
    [few] { $n } человека
    [many] { $n } человек
   *[other] { $n } человека
}
count-cases = { $n ->
    [one] { $n } обращение
    [few] { $n } обращения
    [many] { $n } обращений
   *[other] { $n } обращения
}
count-changes = { $n ->
    [one] { $n } изменение
    [few] { $n } изменения
    [many] { $n } изменений
   *[other] { $n } изменения
}
count-results = { $n ->
    [0] Ничего не нашлось
   *[other] Нашлось: { $n }
}

# Что не так с полем

error-required = Заполните, пожалуйста.
error-too-long = Не больше { $max } знаков, пожалуйста.
error-too-short = Не меньше { $min } знаков, пожалуйста.
error-email = Не похоже на адрес почты. Пример: anna@example.org
error-number = Введите число.
error-number-range = Введите число от { $min } до { $max }.
error-choice = Выберите один из вариантов.
error-date = Введите дату. Пример: 2026-11-27
error-date-past = Выберите день, который ещё не прошёл.
error-unknown-field = В форме нет такого поля.
error-not-found = Мы этого не нашли.
error-already = Это уже сделано.
error-taken = Это уже занято. Выберите другое.
error-person = Такого человека здесь нет.
error-reference = Не похоже на номер. Пример: F-7QK3M9X
error-receipt-code = Такого кода мы не знаем. Проверьте его ещё раз.
error-credentials = Адрес и пароль не подходят друг к другу.
error-password-repeat = Пароли не совпадают.
error-link-expired = Ссылка уже использована или устарела. Попросите новую.
error-changed = Пока вы писали, это изменил кто-то другой. Чужая правка показана здесь: проверьте и отправьте ещё раз.

# Страницы о том, что что-то пошло не так

error-back-home = На первую страницу
error-request = Если напишете нам об этом, укажите номер: { $id }
error-400-title = Мы этого не поняли
error-400-text = Браузер прислал то, что эта страница не может прочесть. Вернитесь назад и попробуйте ещё раз.
error-401-title = Кто спрашивает?
error-401-text = Для этого нужно войти или передать действующий токен.
error-403-title = Эта страница не для вас
error-403-text = У вашей роли нет к ней доступа. Если он нужен, обратитесь к администратору.
error-404-title = Такой страницы нет
error-404-text = Возможно, в адресе опечатка или того, что здесь было, больше нет.
error-405-title = Здесь так нельзя
error-405-text = Страница есть, но так с ней обратиться нельзя. Вернитесь назад и попробуйте ещё раз.
error-409-title = Кто-то успел раньше
error-409-text = Пока вы смотрели, здесь всё изменилось. Ничего вашего не затёрто: откройте страницу заново и повторите шаг.
error-413-title = Слишком много сразу
error-413-text = За один раз мы принимаем до 256 КБ текста, а там, где можно приложить файлы, - ещё три по 10 МБ. Отправьте, пожалуйста, поменьше.
error-415-title = Мы не умеем такое читать
error-415-text = Отправьте, пожалуйста, через форму на странице.
error-422-title = Чего-то не хватает
error-422-text = Вернитесь назад, проверьте отмеченные поля и отправьте ещё раз.
error-429-title = Слишком много запросов
error-429-text = Подождите минуту и попробуйте ещё раз.
error-500-title = У нас что-то сломалось
error-500-text = Вы ни при чём. Мы записали, что случилось, и разберёмся. Попробуйте, пожалуйста, чуть позже.
error-503-title = Сейчас вернёмся
error-503-text = Сайт ненадолго недоступен. Попробуйте через минуту.
nav-huddle = Пятиминутка
error-typed = Написанное не пропало
error-typed-text = До нас оно пока не дошло, но весь текст здесь. Пожалуйста, отправьте его ещё раз через минуту.
error-typed-files = Файлы сохранить не удалось: чтобы приложить их снова, вернитесь к форме.
error-typed-label = Что вы написали
error-typed-again = Отправить ещё раз
