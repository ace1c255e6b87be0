//! The sheet Read me: what the workbook is, how it is used, and which sheet holds what.

use rust_xlsxwriter::Url;

use super::error::WorkbookError;
use super::grid::FIRST;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::Page;
use super::pay::WorkbookPay;

/// What each sheet holds, in their order; the second says of which sort it is.
const SHEETS: [(&str, &str, &str); 30] = [
    ("Summary", "Result", "Headline figures and charts"),
    ("Results", "Result", "Quarters and fiscal years of the plan, its areas and its regions (model section 7)"),
    (
        "Outlook",
        "Result",
        "Plan of record, actual of closed months, and outlook, by quarter and year (the year, section 13)",
    ),
    (
        "Variance",
        "Result",
        "Why closed months differ from the plan of record: steps that add up (the year, section 13)",
    ),
    ("Checks", "Result", "Whether the workbook foots, and what to look at in the plan (section 9)"),
    ("General", "Input", "Calendar, envelope, selling, pay, partners, levers, exchange rates, budgets"),
    ("Regions", "Input", "What a region costs and offers: burden, workplace, attrition, accounts, market"),
    ("Roles", "Input", "What people do, how they ramp up and leave, who serves whom"),
    ("Pay", "Input", "Annual base and variable pay by region and role, local currency"),
    ("Hires", "Input", "Growth hires by region, role and fiscal quarter"),
    ("Team", "Input", "Who is there in the first month, by tenure"),
    ("Targets", "Input", "Bookings targets, and what leadership adds to the capacity"),
    ("Exits", "Input", "Planned reductions by region, role and fiscal quarter"),
    ("Moves", "Input", "People who change their region or role in a quarter"),
    ("Changes", "Input", "What is stated anew from a month on (section 2a)"),
    ("Timeline", "Calculation", "Months, quarters, linearity and pay level (sections 1, 4 and 5)"),
    ("Values", "Calculation", "What differs by month, or by region and month (sections 2a and 4)"),
    ("Attrition", "Calculation", "Monthly rates of each region and role (section 3)"),
    ("Tenure", "Calculation", "What becomes of one head that starts, by months since the start (section 3)"),
    ("Baseline", "Calculation", "What becomes of the people who are there in the first month (section 3)"),
    ("Departures", "Calculation", "Planned exits and moves by month, and who has moved and gone (section 3)"),
    ("Cohorts", "Calculation", "People who came together, month by month (section 3)"),
    ("Starts", "Calculation", "Growth hires and replaced leavers as starts by month (section 3)"),
    ("Heads", "Calculation", "Opening, active, leaving, closing and ramped heads (section 3)"),
    ("Support", "Calculation", "Whether specialists cover the sellers they serve (section 4)"),
    ("Capacity", "Calculation", "What sellers and partners can sell, and quota on the street (section 4)"),
    ("Cost", "Calculation", "The nine cost lines (section 5)"),
    ("Months", "Calculation", "Capacity, revenue, cost and contribution of each region by month (sections 4 to 6)"),
    ("Without", "Calculation", "The same plan without growth hires (section 6)"),
    ("WithoutCohorts", "Calculation", "The cohorts of the plan without growth hires (sections 3 and 6)"),
];

/// How to work with it, a paragraph each; before what is to be known of heads.
const USE: [&str; 5] = [
    "Type over any cell on a pale yellow ground: every other sheet follows, and shows what Muster gives for the same \
     input, to the cent. All other cells are locked; Review > Unprotect sheet opens them, there is no password.",
    "A red corner on a heading holds a note: how the figures under it follow, and where the planning model says so.",
    "Lines are regions and roles in the order of the plan; columns are months, or quarters and fiscal years. Column E \
     names each line for machines.",
    "Rates and shares are fractions shown in per cent. Amounts are in plan currency but for pay and workplace, which are \
     in the currency of their region. A figure the model calls none is an empty cell.",
    "Formulas of a row are copies of each other: copy a month one column to the right and you have the next one. Months are \
     relative columns, inputs absolute cells, and the number of a month stands above its name. Only the first months of \
     some rows differ, as there is no month before them, and heads.",
];

/// How heads follow, and what can be added.
struct HeadsText {
    heads: &'static str,
    more: &'static str,
}

/// Where heads depend on tenure alone.
const BY_TENURE: HeadsText = HeadsText {
    heads: "Heads are one SUMPRODUCT: the starts of the months up to this one, oldest first, times what is left of one head at the \
     tenure they have reached. On the sheet Tenure months since the start run from right to left, so that this range begins \
     one column further left each month. Do not copy active, leaving, ramped and paid heads across.",
    more: "Regions, roles and quarters cannot be added here: change the plan in Muster and export it again. Exchange rates, \
     budgets, entries of the team, judgements and months of ramp have empty lines for more.",
};

/// Where cohorts have lines of their own.
const BY_COHORT: HeadsText = HeadsText {
    heads: "Heads are followed cohort by cohort, on the sheets Cohorts and WithoutCohorts: people who came to a region and role in one \
     month. Those with the longest service move and go first. A line begins in the month in which its people come, so that its \
     first formula differs, and so do those of months in which people move.",
    more: "Regions, roles, quarters, entries of the team, moves and changes cannot be added here, nor can other places be typed over \
     for them: change the plan in Muster and export it again. Exchange rates, budgets, judgements and months of ramp have empty \
     lines for more.",
};

/// How amounts are rounded.
const ROUNDING: &str = "Amounts are rounded as the planning model says (section 1): first to 8 decimal places and then to the cent, that is \
     ROUND(ROUND(…,8),2), so that an amount that is half a cent in truth is taken as one whichever way it was worked out. A \
     spreadsheet carries 15 digits: where amounts have more than seven before the point, the first rounding is to fewer \
     places, down to 3.";

/// The paragraphs about a workbook without pay.
const WITHOUT_PAY: [&str; 3] = [
    "Pay is left out, and what tells it: costs of people are those of the whole plan by fiscal quarter and year, not of \
     areas, regions, roles or months. So nothing here follows what is typed over: the figures are values, and all cells are \
     locked. Review > Unprotect sheet opens them, there is no password.",
    "Lines are regions and roles in the order of the plan; columns are months, or quarters and fiscal years. Column E \
     names each line for machines.",
    "Rates and shares are fractions shown in per cent. Amounts are in plan currency but for workplace, which is in the \
     currency of its region. A figure the model calls none is an empty cell.",
];

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let is_live = layout.pay == WorkbookPay::Told;
    let about = if is_live { "A sales hiring plan as a live model" } else { "A sales hiring plan without pay" };
    page.title(&layout.plan.name, &format!("{about}, made by Muster"))?;
    page.sheet.set_column_width(0, 18)?.set_column_width(1, 14)?.set_column_width(2, 90)?;
    let looks = page.looks;
    let mut row = 3;
    if !layout.plan.notes.is_empty() {
        paragraph(page, row, "About this plan", &layout.plan.notes)?;
        row += 2;
    }
    let paragraphs = match (layout.pay, &layout.cohort_blocks) {
        (WorkbookPay::LeftOut, _) => WITHOUT_PAY.to_vec(),
        (WorkbookPay::Told, None) => how_to_use(&BY_TENURE),
        (WorkbookPay::Told, Some(_)) => how_to_use(&BY_COHORT),
    };
    for (number, text) in paragraphs.iter().enumerate() {
        paragraph(page, row, if number == 0 { "How to use it" } else { "" }, text)?;
        row += 1;
    }
    row += 1;
    page.sheet.write_string_with_format(row, 0, "What cells look like", &looks.band)?;
    page.sheet.write_blank(row, 1, &looks.band)?.write_blank(row, 2, &looks.band)?;
    let samples = [
        (looks.typed(NumberFormat::Money), "An input: type over it"),
        (looks.calc(NumberFormat::Money), "A figure that follows from others"),
        (looks.total(NumberFormat::Money), "A sum"),
    ];
    for (format, text) in samples.into_iter().skip(usize::from(!is_live)) {
        row += 1;
        page.sheet.write_number_with_format(row, 1, 1234.5, format)?;
        page.text(row, 2, text)?;
    }
    row += 2;
    for (column, text) in (0_u16..).zip(["Sheet", "Kind", "What it holds"]) {
        page.sheet.write_string_with_format(row, column, text, &looks.head_left)?;
    }
    for (sheet, kind, text) in SHEETS.iter().chain(&[PAYBACK]).filter(|(sheet, ..)| layout.has_sheet(sheet)) {
        row += 1;
        let link = Url::new(format!("internal:{sheet}!A1")).set_text(*sheet);
        page.sheet.write_url(row, 0, link)?;
        page.text(row, 1, kind)?;
        page.text(row, 2, text)?;
    }
    page.sheet.set_print_area(0, 0, row, FIRST - 3)?.set_portrait();
    Ok(())
}

fn how_to_use(text: &HeadsText) -> Vec<&'static str> {
    USE.into_iter().chain([text.heads, ROUNDING, text.more]).collect()
}

const PAYBACK: (&str, &str, &str) =
    ("Payback", "Calculation", "What the expansion adds, and when it has paid for itself (section 6)");

/// A heading at the left and a text that wraps beside it.
fn paragraph(page: &mut Page<'_>, row: u32, head: &str, text: &str) -> Result<(), WorkbookError> {
    let looks = page.looks;
    if !head.is_empty() {
        page.sheet.write_string_with_format(row, 0, head, &looks.beside)?;
    }
    page.wrapped(row, 1, 2, text)?;
    Ok(())
}
