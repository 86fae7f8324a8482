//! The people and words of the samples, made by us: one story, told in both languages.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::i18n::Lang;

/// Of a digest: title, text, the reader's own words, how many had asked.
pub(super) type Item = (&'static str, &'static str, Option<&'static str>, Option<i64>);

/// Who writes to whom, and what.
pub(super) struct Words {
    /// Who wrote to us.
    pub reader: &'static str,
    /// Who works on it.
    pub colleague: &'static str,
    pub said: &'static str,
    pub title: &'static str,
    pub other_title: &'static str,
    pub promised_by: &'static str,
    pub answer: &'static str,
    pub change: &'static str,
    /// One for each outcome.
    pub outcomes: [&'static str; 6],
    /// One for each reason to write to staff.
    pub notices: [&'static str; 11],
    pub done: &'static [Item],
    pub declined: &'static [Item],
    pub council: &'static str,
    pub meeting: &'static str,
    pub place: &'static str,
    /// Minutes, title, whether it could be a quick fix.
    pub agenda: &'static [(i64, &'static str, bool)],
    pub actions: [&'static str; 2],
}

impl Words {
    pub(super) fn of(lang: Lang) -> &'static Words {
        match lang {
            Lang::En => &EN,
            Lang::Ru => &RU,
        }
    }
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

const HALF_PAST_NINE: NaiveTime = match NaiveTime::from_hms_opt(9, 30, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
pub(super) const FIRST_DAY: NaiveDate = day(2026, 10, 1);
pub(super) const DUE: NaiveDate = day(2026, 12, 18);
pub(super) const LAST_DAY: NaiveDate = day(2026, 10, 31);
pub(super) const MOMENT: DateTime<Utc> =
    DateTime::from_naive_utc_and_offset(NaiveDateTime::new(day(2026, 11, 23), HALF_PAST_NINE), Utc);

const EN: Words = Words {
    reader: "Anna Karlsson",
    colleague: "Maria Lind",
    said: "I sent a coat back on 2 November. Since then I have called three times to ask where my money is. Each time somebody promises to look into it, and nobody calls back.\n\nCould I not simply see in the app how far the refund is?",
    title: "Three calls about one refund",
    other_title: "The parcel shop was closed",
    promised_by: "Friday, 27 November",
    answer: "Hello Anna,\n\nthank you for telling us. I am sorry that it took you three calls and still no answer.\n\nI have found your coat: it reached our returns centre on **5 November**, but the label could not be read. This is what I have done today:\n\n- the refund is ordered by hand, and the money should be on your card by Friday;\n- your case stays with me until it is there, so you need not explain it to anybody again.\n\nJust one question: was it order 4417 or 4471?\n\nKind regards\nMaria",
    change: "The steps of a refund are shown in the app",
    outcomes: [
        "Since Monday the app shows each step of a refund, from “parcel arrived” to “money is on its way”, with the date of the next one. Whoever answers the phone sees the same.\n\nYour own refund was paid out on **20 November**. Thank you for not giving up on us.",
        "The app now shows when a parcel has arrived and when the money leaves us. It cannot yet show when your bank books it: we are talking to the payment provider and expect that by March.\n\nYour own refund was paid out on **20 November**.",
        "We cannot pay a refund before the parcel is here: one in nine parcels comes back empty or with something else in it, and everybody would pay for that.\n\nWhat we can do is to be quicker once it has arrived. Refunds now leave us within two days instead of five.",
        "The refund left us on 6 November, a day after the coat arrived. It went to the card that you paid with, which was replaced in October, so your bank has kept it. They can tell you how to get it; please give them the number 8830-2214.",
        "Forty people told us that they cannot see where their refund is. Since Monday the app shows each step, with the date of the next one.",
        "We have closed it. If the money should not be there after all, write to us and we will go on where we stopped.",
    ],
    notices: [
        "It was order 4417. And thank you, this is the first real answer I have had!",
        "The app says “paid out”, but nothing has arrived on my card.",
        "It is Monday, and nobody has called me. What happened to Friday?",
        "@Petr, do you know whether the returns centre can read these labels by now?",
        "",
        "",
        "",
        "Anna has waited for three weeks. I would like to give her a voucher of 40 euros.",
        "Yes, please do. And tell her that the steps are in the app now.",
        "550 5.1.1 <anna@example.org>: no such user here",
        "",
    ],
    done: &[
        (
            "The steps of a refund are shown in the app",
            "Since 12 October you can see when a parcel has arrived, when the money leaves us, and when to expect it.",
            Some("Could I not simply see in the app how far the refund is?"),
            Some(41),
        ),
        (
            "Shift plans come out two weeks ahead",
            "Whoever works weekends can plan them. Swapping a shift takes two taps and nobody’s leave.",
            None,
            Some(17),
        ),
        (
            "The hotline says how long you will wait",
            "And offers to call you back when it is more than five minutes.",
            None,
            None,
        ),
    ],
    declined: &[(
        "Refunds before the parcel is back",
        "One in nine parcels comes back empty, and everybody would pay for that. Instead, refunds now leave us within two days.",
        None,
        Some(8),
    )],
    council: "Change council",
    meeting: "Tuesday, 1 December, 10:00",
    place: "Room Copenhagen",
    agenda: &[
        (2, "Ask the returns centre for a second label printer", false),
        (3, "The steps of a refund are shown in the app", false),
        (8, "One window for agents instead of five tabs", false),
        (5, "Say “we charged you once” in the text about double charges", true),
    ],
    actions: ["Ask the returns centre for a second label printer", "Try the new window with team B"],
};

const RU: Words = Words {
    reader: "Анна Карелина",
    colleague: "Мария Лебедева",
    said: "2 ноября я отправила обратно пальто. С тех пор трижды звонила и спрашивала, где мои деньги. Каждый раз обещают разобраться — и никто не перезванивает.\n\nНельзя ли просто показать в приложении, на каком шаге возврат?",
    title: "Три звонка из-за одного возврата",
    other_title: "Пункт выдачи был закрыт",
    promised_by: "пятница, 27 ноября",
    answer: "Здравствуйте, Анна!\n\nСпасибо, что написали. Мне жаль, что после трёх звонков вы так и не получили ответа.\n\nПальто нашлось: оно пришло на склад возвратов **5 ноября**, но этикетка не читалась. Вот что я сегодня сделала:\n\n- оформила возврат вручную, деньги придут на карту до пятницы;\n- оставила обращение за собой, пока они не придут: объяснять всё заново вам не придётся.\n\nТолько один вопрос: это был заказ 4417 или 4471?\n\nС уважением,\nМария",
    change: "Шаги возврата видны в приложении",
    outcomes: [
        "С понедельника в приложении виден каждый шаг возврата: от «посылка пришла» до «деньги отправлены» — и дата следующего. То же самое видит и тот, кто отвечает на звонок.\n\nВаши деньги мы вернули **20 ноября**. Спасибо, что не махнули на нас рукой.",
        "В приложении теперь видно, когда посылка пришла и когда мы отправили деньги. Когда их зачислит банк, пока не видно: договариваемся с платёжной системой и надеемся успеть к марту.\n\nВаши деньги мы вернули **20 ноября**.",
        "Вернуть деньги раньше, чем придёт посылка, мы не можем: каждая девятая приходит пустой или не с тем, и платить за это пришлось бы всем.\n\nЗато теперь мы быстрее: отправляем деньги через два дня после посылки, а не через пять.",
        "Деньги мы отправили 6 ноября, через день после того, как пришло пальто. Они ушли на карту, которой вы платили; в октябре её перевыпустили, поэтому деньги остались в банке. Назовите там номер 8830-2214 — вам подскажут, как их получить.",
        "О том, что не видно, где возврат, написали сорок человек. С понедельника в приложении виден каждый шаг и дата следующего.",
        "Мы закрыли обращение. Если деньги всё же не придут, напишите — продолжим с того же места.",
    ],
    notices: [
        "Это был заказ 4417. И спасибо: это первый настоящий ответ!",
        "В приложении написано «возвращено», но на карту ничего не пришло.",
        "Уже понедельник, а мне никто не позвонил. Как же пятница?",
        "@Пётр, не знаешь, читаются ли теперь на складе такие этикетки?",
        "",
        "",
        "",
        "Анна ждёт три недели. Хочу дать ей купон на 3 000 рублей.",
        "Да, конечно. И расскажи ей, что шаги возврата теперь видны в приложении.",
        "550 5.1.1 <anna@example.org>: no such user here",
        "",
    ],
    done: &[
        (
            "Шаги возврата видны в приложении",
            "С 12 октября видно, когда посылка пришла, когда мы отправили деньги и когда их ждать.",
            Some("Нельзя ли просто показать в приложении, на каком шаге возврат?"),
            Some(41),
        ),
        (
            "График смен — за две недели",
            "Теперь выходные можно планировать. Поменяться сменой — два нажатия, и ничьё согласие не нужно.",
            None,
            Some(17),
        ),
        ("На линии говорят, сколько ждать", "А если больше пяти минут, предлагают перезвонить.", None, None),
    ],
    declined: &[(
        "Возврат до получения посылки",
        "Каждая девятая посылка приходит пустой, и платить за это пришлось бы всем. Зато деньги мы теперь отправляем за два дня.",
        None,
        Some(8),
    )],
    council: "Совет по изменениям",
    meeting: "вторник, 1 декабря, 10:00",
    place: "Переговорная «Байкал»",
    agenda: &[
        (2, "Спросить склад возвратов про второй принтер этикеток", false),
        (3, "Шаги возврата видны в приложении", false),
        (8, "Одно окно оператора вместо пяти вкладок", false),
        (5, "В тексте о двойном списании написать: «деньги списаны один раз»", true),
    ],
    actions: ["Спросить склад возвратов про второй принтер этикеток", "Попробовать новое окно с командой Б"],
};
