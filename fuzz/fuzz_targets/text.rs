#![no_main]
#![allow(dead_code, reason = "every target goes through one door")]

#[path = "../doors.rs"]
mod doors;
#[path = "../../tests/common/sample.rs"]
mod sample;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doors::text(bytes));
