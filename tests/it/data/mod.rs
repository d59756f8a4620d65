//! The path of a row, stage by stage.

#[cfg(feature = "table")]
mod alike;
#[cfg(feature = "audio")]
mod audio;
mod batches;
#[cfg(feature = "table")]
mod components;
#[cfg(feature = "table")]
mod corrupt;
mod dataset;
mod encode;
#[cfg(feature = "table")]
mod exactly;
#[cfg(feature = "table")]
mod far;
mod formula;
mod noise;
#[cfg(feature = "table")]
mod offers;
mod patterns;
mod sources;
mod split;

#[cfg(feature = "table")]
mod cells;
#[cfg(feature = "table")]
mod clean;
#[cfg(feature = "table")]
mod columns;
#[cfg(feature = "table")]
mod csv;
#[cfg(feature = "table")]
mod cutting;
#[cfg(feature = "table")]
mod diagnosis;
#[cfg(feature = "table")]
mod doctor;
#[cfg(feature = "table")]
mod drawn;
#[cfg(feature = "table")]
mod findings;
#[cfg(feature = "table")]
mod limits_of_reading;
#[cfg(feature = "table")]
mod misread;
#[cfg(feature = "table")]
mod placing;
#[cfg(feature = "table")]
mod prepare;
#[cfg(feature = "table")]
mod quotes;
#[cfg(feature = "table")]
mod reading;
#[cfg(feature = "table")]
mod seen;
#[cfg(feature = "table")]
mod settled;
#[cfg(feature = "table")]
mod summary;
#[cfg(feature = "table")]
mod thresholds;
#[cfg(feature = "table")]
mod unchanged;
#[cfg(feature = "table")]
mod whole;
#[cfg(feature = "table")]
mod written;
#[cfg(feature = "table")]
mod written_edges;
