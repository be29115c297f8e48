//! Memory and chance for C: Rust's own, under the names of C.

use core::{
    ffi::{c_int, c_void},
    ptr,
};
use std::alloc::{self, Layout};

/// Bytes before what is handed out, in which its length is kept.
const HEADER: usize = 8;

/// SQLite counts on its memory to end where eight bytes do, whatever it asked for, and writes up to
/// there.
fn layout(bytes: usize) -> Option<Layout> {
    let whole = bytes.checked_add(HEADER)?.checked_next_multiple_of(HEADER)?;
    Layout::from_size_align(whole, HEADER).ok()
}

/// Hands out what the allocator gave, behind its length.
///
/// # Safety
///
/// `whole` is null, or `HEADER + bytes` long.
unsafe fn hand_out(whole: *mut u8, bytes: usize) -> *mut c_void {
    if whole.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: the header is part of it, and aligned as every allocation here is.
    unsafe {
        whole.cast::<usize>().write(bytes);
        whole.add(HEADER).cast()
    }
}

/// What the allocator gave, and how long it is.
///
/// # Safety
///
/// `memory` was handed out here and not taken back.
unsafe fn taken_back(memory: *mut c_void) -> (*mut u8, usize) {
    // SAFETY: the header is before it.
    unsafe {
        let whole = memory.cast::<u8>().sub(HEADER);
        (whole, whole.cast::<usize>().read())
    }
}

#[unsafe(no_mangle)]
extern "C" fn malloc(bytes: usize) -> *mut c_void {
    let Some(layout) = layout(bytes) else { return ptr::null_mut() };
    // SAFETY: with the header it is never empty.
    unsafe { hand_out(alloc::alloc(layout), bytes) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn realloc(memory: *mut c_void, bytes: usize) -> *mut c_void {
    if memory.is_null() {
        return malloc(bytes);
    }
    // SAFETY: C hands back what it got from here.
    let (whole, before) = unsafe { taken_back(memory) };
    let (Some(before), Some(after)) = (layout(before), layout(bytes)) else {
        return ptr::null_mut();
    };
    // SAFETY: it was made with the layout of its length.
    unsafe { hand_out(alloc::realloc(whole, before, after.size()), bytes) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn free(memory: *mut c_void) {
    if memory.is_null() {
        return;
    }
    // SAFETY: C hands back what it got from here, once.
    let (whole, bytes) = unsafe { taken_back(memory) };
    if let Some(layout) = layout(bytes) {
        // SAFETY: it was made with the layout of its length.
        unsafe { alloc::dealloc(whole, layout) }
    }
}

/// What the cipher takes its nonces from.
#[unsafe(no_mangle)]
unsafe extern "C" fn getentropy(into: *mut c_void, bytes: usize) -> c_int {
    // SAFETY: C says how long its own buffer is, and hands it zeroed or written to.
    let into = unsafe { core::slice::from_raw_parts_mut(into.cast::<u8>(), bytes) };
    if getrandom::fill(into).is_ok() { 0 } else { -1 }
}
