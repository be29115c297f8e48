//! A line for each method that a page can call. Written by bindings/bindgen, as `api.d.ts` is:
//! `ENHANCE_BLESS=1 cargo test -p enhance-bindgen`.

use std::sync::Arc;

use enhance_ffi::{
    ChangeSubscription, CoreError, CoreHandle, KeepInSync, TicketHandle, TypingHandle, answer,
    nothing,
};

use crate::{
    call::{Answer, Call},
    lines::{Called, Functions, answered, given, methods, outcome, taken},
};

methods! {
    CoreHandle {
        now account() -> try value;
        later add_person(value, cancellation) -> try value;
        later enrol(value, value, value, cancellation) -> try value;
        later invite_device(cancellation) -> try value;
        now observe(observer) -> held;
        now people() -> try value;
        now recovery_key() -> try value;
        now resume() -> try nothing;
        later set_server(value, cancellation) -> try value;
        now suspend() -> nothing;
        now use_recovery_key(text) -> try nothing;
        now accept_suggestion(value, value, value) -> try value;
        now acknowledge(value) -> try nothing;
        now answer_comment(value, value, text) -> try value;
        now check_before_saying(value, value) -> try value;
        now comment_at(value, text, text, value, value) -> try value;
        now comment_versions(value) -> try value;
        now delete_comment(value, value) -> try nothing;
        now put_back_comment(value, value) -> try nothing;
        now reject_suggestion(value, value) -> try value;
        now reopen_comment(value, value) -> try nothing;
        now resolve_comment(value, value) -> try nothing;
        now rewrite_comment(value, value, text) -> try nothing;
        now suggest(value, text, value, text, text, value) -> try value;
        now suggestions(value) -> try value;
        now threads(value) -> try value;
        now waiting_answers(value) -> try value;
        now arcp_csv(value, value) -> try value;
        now arcp_form(value, value) -> try value;
        now arcp_html(value, value) -> try value;
        now arcp_json(value, value) -> try value;
        now export_csv() -> try value;
        now export_reflections() -> try value;
        now import_export(text) -> try value;
        now verify_arcp(text) -> try value;
        now attach(value, text, value) -> try value;
        now attachments(value) -> try value;
        now check_attachment(text, value) -> try value;
        later fetch_attachment(value, value, cancellation, listener) -> try value;
        now open_attachment(value, value) -> try value;
        now remove_attachment(value, value) -> try nothing;
        now same_attachment(value, value) -> try value;
        later devices(cancellation) -> try value;
        now leave() -> nothing;
        later rename_device(value, value, cancellation) -> try value;
        later sign_out(value, cancellation) -> try value;
        later sign_out_device(value, cancellation) -> try value;
        now unsent() -> try value;
        now autosave(value, reference, reference, text) -> try nothing;
        now delete(value) -> try nothing;
        now dismiss(value) -> try nothing;
        now export() -> try value;
        now held_by(value) -> try value;
        now mark_seen(value) -> try nothing;
        now quarantined() -> try value;
        now quarantined_item(value) -> try value;
        now readers(value) -> try value;
        now replay(value) -> try value;
        now search(text, value, value, value) -> try value;
        now settle(value) -> try value;
        now status(value) -> try value;
        now unsettled() -> try value;
        now export_sizes() -> try value;
        now check_before_nudge(value, text) -> try value;
        now cohort() -> try value;
        now cohort_csv() -> try value;
        now inbox(value, value) -> try value;
        now inbox_counts() -> try value;
        now mark_inbox_seen(value) -> try nothing;
        now nudge(value, text, text) -> try value;
        now nudge_acknowledged(value, text, text, value) -> try value;
        now own_nudge(value) -> try value;
        now supervisors() -> try value;
        now accept_invitation(value) -> try nothing;
        now company(value) -> try value;
        now copies(value) -> try value;
        now decline_invitation(value, value) -> try nothing;
        now delete_with_copies(value) -> try value;
        now deletion_preview(value) -> try value;
        now enter(value, value) -> try nothing;
        now invitations() -> try value;
        now put_away(value) -> try nothing;
        now same_copy(value, value) -> try value;
        now step_out() -> nothing;
        now take_back_copies(value) -> try value;
        now welcome_sender(value) -> try nothing;
        now keep_in_sync() -> try held;
        now set_conditions(value) -> nothing;
        later sync(value, cancellation, listener) -> try value;
        now sync_state() -> try value;
        now answer_debrief(text, value) -> try value;
        now certificates() -> try value;
        now check_journeys(value) -> try value;
        now complete_activity_with(text, value, value) -> try nothing;
        now coverage() -> try value;
        now deadline_warnings() -> try value;
        now deadlines() -> try value;
        now edit_record(value) -> try nothing;
        now evidence() -> try value;
        now log_of(value, value) -> try value;
        now personal_record() -> try value;
        now programme_map() -> try value;
        now training_year(value) -> try value;
        now warnings_about(value) -> try value;
        now add_session(value) -> try value;
        now complete_activity(text) -> try nothing;
        later fetch_media(value, cancellation, listener) -> try value;
        now learning_log() -> try value;
        now media(text) -> try value;
        now media_bytes(text) -> try value;
        now module(text) -> try value;
        now modules() -> try value;
        now packs() -> try value;
        now page(text) -> try value;
        now programme() -> try value;
        now remove_session(value) -> try nothing;
        now start_activity(text) -> try nothing;
        now templates() -> try value;
        later update_pack(value, cancellation, listener) -> try value;
        now accept_ownership(value) -> try nothing;
        now add_member(value, value, value) -> try nothing;
        now add_member_acknowledged(value, value, value, value) -> try nothing;
        now chart(value, value, value) -> try value;
        now charts_by_group(value, value, value) -> try value;
        now comment(value, text, text) -> try value;
        now create_project(text, text, text) -> try value;
        now create_project_from(reference, text, text) -> try value;
        now decline_ownership(value) -> try nothing;
        now delete_for_everybody(value) -> try nothing;
        now edit_comments(value, value) -> try nothing;
        now edit_project(value, value, value) -> try value;
        now field_authors(value) -> try value;
        now findings_of(value) -> try value;
        now history(value) -> try value;
        now leave_project(value) -> try nothing;
        now new_item_id() -> value;
        now offer_ownership(value, value) -> try nothing;
        now offer_ownership_keeping(value, value, value) -> try nothing;
        now other_names_on_page(text) -> try value;
        now phase_suggestion(value, value) -> try value;
        now plan_checks(value) -> try value;
        now project(value) -> try value;
        now project_at(value, reference) -> try value;
        now project_page(value) -> try value;
        now project_page_acknowledged(value, value) -> try value;
        now projects(value, value) -> try value;
        now recipe(value) -> try value;
        now recipes() -> try value;
        now remove_member(value, value) -> try nothing;
        now sittings(value, value, value) -> try value;
        now taken_back_comments(value) -> try value;
        now text_authors(value, reference) -> try value;
        now tick(value, value, value, value) -> try value;
        now verify_page(text) -> try value;
        now withdraw_offer(value) -> try nothing;
        now check_before_sharing(value) -> try value;
        now check_before_sharing_with_files(value, value) -> try value;
        now create_reflection(text, text, value) -> try value;
        now edit_reflection(value, value, value) -> try value;
        now reflection(value) -> try value;
        now reflections(value, value) -> try value;
        now share_reflection(value, value) -> try value;
        now share_reflection_acknowledged(value, value, value) -> try value;
        now share_reflection_with_files(value, value, value, value) -> try value;
        now shared_by_me() -> try value;
        now shared_reflection(value) -> try value;
        now shared_with_me() -> try value;
        now changed_since_sign_off(value) -> try value;
        now check_before_sign_off(value, text) -> try value;
        now export_kept_sign_off(value) -> try value;
        now export_sign_off(value) -> try value;
        now kept_sign_offs() -> try value;
        later renew_signing_key(cancellation) -> try nothing;
        now request_sign_off(value, value, text) -> try value;
        now request_sign_off_acknowledged(value, value, text, value) -> try value;
        now sign(value, value) -> try value;
        now sign_off_request(value) -> try value;
        now sign_offs_asked_by_me() -> try value;
        now sign_offs_asked_of_me() -> try value;
        now sign_offs_of(value) -> try value;
        now sign_offs_page(value, value, value) -> try value;
        now sign_witnessed(value, value, value) -> try value;
        now take_back_sign_off(value, value) -> try value;
        now check_before_ticket(value, text) -> try value;
        later end_ticket(value, cancellation) -> try value;
        later make_ticket(value, value, cancellation) -> try value;
        later refresh_tickets(cancellation) -> try value;
        now tickets() -> try value;
        now tickets_of(value) -> try value;
        now typing(value, value, value, value) -> try held;
    }
    TicketHandle {
        later comment(value, cancellation) -> try value;
        later endorse(value, cancellation) -> try value;
        now opened() -> value;
    }
    ChangeSubscription {
        now cancel() -> nothing;
    }
    KeepInSync {
        now stop() -> nothing;
    }
    TypingHandle {
        now flush(value) -> try nothing;
        now on(value) -> nothing;
        now refresh() -> value;
        now settle(value) -> try value;
        now state() -> value;
        now typed(value, value) -> value;
        now work(value) -> nothing;
    }
    Functions {
        now check_sign_off(text) -> try value;
        now verify_sign_off(text) -> try value;
        later open_ticket(value, value, value, value, cancellation) -> try held;
        now usual_pauses() -> value;
    }
}
