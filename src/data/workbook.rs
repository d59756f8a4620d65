//! Workbooks of spreadsheets (xlsx, xlsm, xlsb, xls, ods): a sheet becomes CSV, which the reader of tables takes like any
//! other. `calamine` knows their formats; dates become ISO text.

use calamine::{Data, ExcelDateTime, Reader, Sheets, open_workbook_auto_from_rs};
use std::fmt::Write;
use std::io::Cursor;

/// A workbook, opened.
pub struct Workbook {
    sheets: Sheets<Cursor<Vec<u8>>>,
}

/// What a sheet holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its rows as CSV with commas, the last empty ones left out.
    pub csv: String,
    /// Rows with anything in them.
    pub rows: usize,
    /// Cells with an error of the spreadsheet (`#DIV/0!`), which are empty in the CSV.
    pub errors: usize,
}

impl Workbook {
    /// Opens one.
    ///
    /// # Errors
    /// The rest of a sentence on the file: what is wrong, and what to do.
    pub fn open(bytes: Vec<u8>) -> Result<Workbook, String> {
        match open_workbook_auto_from_rs(Cursor::new(bytes)) {
            Ok(sheets) => Ok(Workbook { sheets }),
            Err(error) => Err(refused(&error.to_string())),
        }
    }

    /// The names of its sheets, in its own order.
    pub fn names(&self) -> Vec<String> {
        self.sheets.sheet_names()
    }

    /// A sheet by its name.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn sheet(&mut self, name: &str) -> Result<Sheet, String> {
        let range = self.sheets.worksheet_range(name).map_err(|error| refused(&error.to_string()))?;
        let mut sheet = Sheet::default();
        let mut empty = 0;
        for row in range.rows() {
            if row.iter().all(|cell| matches!(cell, Data::Empty)) {
                empty += 1;
                continue;
            }
            // A blank row ends a title above the table; rows below the last are none.
            if sheet.rows > 0 {
                sheet.csv.extend(std::iter::repeat_n('\n', empty));
            }
            empty = 0;
            sheet.rows += 1;
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    sheet.csv.push(',');
                }
                sheet.errors += usize::from(matches!(cell, Data::Error(_)));
                write_cell(&mut sheet.csv, cell);
            }
            sheet.csv.push('\n');
        }
        Ok(sheet)
    }
}

fn refused(reason: &str) -> String {
    if reason.contains("password") || reason.contains("Password") {
        return "is protected by a password. Open it in a spreadsheet, save it without one, and open that."
            .into();
    }
    let reason = reason.trim_end_matches('.');
    format!("can't be read as a workbook ({reason}). Save the sheet as CSV in a spreadsheet, and open that.")
}

fn write_cell(csv: &mut String, cell: &Data) {
    // Writing to a text can't fail.
    let _ = match cell {
        Data::Empty | Data::Error(_) => Ok(()),
        Data::Int(value) => write!(csv, "{value}"),
        Data::Float(value) => write!(csv, "{value}"),
        Data::Bool(value) => write!(csv, "{value}"),
        Data::DateTime(value) => write_date(csv, value),
        Data::String(text) => write_text(csv, text),
        Data::DateTimeIso(text) => write_text(csv, text.strip_suffix("T00:00:00").unwrap_or(text)),
        Data::DurationIso(text) => write_text(csv, &duration(text).unwrap_or_else(|| text.clone())),
    };
}

fn write_text(csv: &mut String, text: &str) -> std::fmt::Result {
    let is_plain = !text.contains([',', '"', '\n', '\r']) && text.trim() == text;
    match is_plain {
        true => csv.write_str(text),
        false => write!(csv, "\"{}\"", text.replace('"', "\"\"")),
    }
}

/// ISO: a date, a date with its time, or a time alone, to the second unless there is less.
fn write_date(csv: &mut String, value: &ExcelDateTime) -> std::fmt::Result {
    let serial = value.as_f64();
    if value.is_duration() {
        let sign = if serial < 0.0 { "-" } else { "" };
        let seconds = (serial.abs() * 86_400.0).round() as u64;
        return write!(csv, "{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, milli) = value.to_ymd_hms_milli();
    let has_date = !(0.0..1.0).contains(&serial);
    let has_time = (hour, minute, second, milli) != (0, 0, 0, 0);
    if has_date {
        write!(csv, "{year:04}-{month:02}-{day:02}")?;
    }
    if has_date && has_time {
        csv.push(' ');
    }
    if has_time || !has_date {
        write!(csv, "{hour:02}:{minute:02}:{second:02}")?;
    }
    if has_time && milli > 0 {
        write!(csv, ".{milli:03}")?;
    }
    Ok(())
}

/// `PT10H15M00S` as `10:15:00`.
fn duration(text: &str) -> Option<String> {
    let rest = text.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    Some(format!("{hours:0>2}:{minutes:0>2}:{:0>2}", seconds.split(['.', ',']).next()?))
}
