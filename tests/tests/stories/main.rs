//! Stories: what people do, told with real devices, a real server and real sockets.
//!
//! Each module is one story. The harness they are told in is `enhance_tests`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a story fails by panicking")]

mod a_copied_folder;
mod a_project_changes_hands;
mod a_project_of_nine_months;
mod a_ticket;
mod a_year;
mod a_year_of_training;
mod a_year_on_paper;
mod an_inbox_emptied;
mod answers_and_suggestions;
mod archived_and_let_go;
mod budget_and_cancellation;
mod captive_portal;
mod clocks_off_by_years;
mod copies_and_who_reads_them;
mod deleted_here_and_written_there;
mod deleted_never_comes_back;
mod evidence_in_a_photograph;
mod evidence_taken_along;
mod evidence_with_a_copy;
mod folded_and_lost_in_a_restore;
mod folded_and_still_whole;
mod folded_on_the_server;
mod grant_taken_away_while_offline;
mod handed_in;
mod joining_a_project;
mod limits_are_heard_on_the_phone;
mod lost_in_a_restore_and_brought_back;
mod newer_and_older_database_schema;
mod newer_app_writes_more;
mod offered_and_answered;
mod offline_reading_and_reflection;
mod one_round_trip;
mod packs_cut_damaged_and_replayed;
mod people_one_may_need;
mod phone_and_server_put_back;
mod private_things_stay_private;
mod quarantined_work_never_blocks;
mod rights_and_comments;
mod same_paragraph_edited_by_two;
mod second_device;
mod server_database_copied_back;
mod server_killed_and_requests_repeated;
mod server_restored_from_backup;
mod share_copy_without_history;
mod sharing_with_care;
mod signed_off;
mod status_of_a_document;
mod sync_by_itself;
mod ticks_from_two_phones;
mod tokens_that_renew;
mod two_accounts_on_one_device;
mod work_side_by_side_is_joined;
mod written_together;
