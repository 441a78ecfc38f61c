# ruff: noqa: E501 -- one row a line reads as the table it is
"""OWASP ASVS 5.0, all of level 1 and what else applies here, each with how it is checked.

The numbers are the standard's, the words ours. ``check`` names a test, or says "not applicable"
or "by hand" with the reason or the way.
"""

from __future__ import annotations

from dataclasses import dataclass

S = "tests/security/test_"
STATIC = f"{S}static_rules.py::test_"
WEB = f"{S}threats_web.py::test_"
FORMS = f"{S}threats_forms.py::test_"
TEXTS = f"{S}threats_texts.py::test_"
ACCOUNTS = f"{S}threats_accounts.py::test_"
LOAD = f"{S}threats_load.py::test_"
MATRIX = "tests/contracts/test_route_matrix.py::test_"
HEADERS = "tests/app/blueprints/test_headers.py::test_"
V = "tests/app/services/test_"
B = "tests/app/blueprints/test_"
DESK = "tests/app/blueprints/organiser/test_"
NO_OAUTH = "not applicable: no OAuth or OpenID server is in it"
NO_TOKENS = "not applicable: session and links are looked up in the database"
TLS = "by hand: the proxy before it ends TLS; README, Put it on a server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    id: str
    level: int
    words: str
    check: str


# fmt: off
_ROWS = (
    ("1.2.1", 1, "HTML is escaped where it stands", f"{TEXTS}t03_no_text_becomes_markup_on_any_page"),
    ("1.2.2", 1, "addresses are built safely", f"{WEB}t11_no_page_redirects_to_what_a_request_names"),
    ("1.2.3", 1, "nothing breaks out into script", f"{TEXTS}t03_no_page_lets_a_script_run"),
    ("1.2.4", 1, "no SQL made of texts", f"{STATIC}no_statement_is_put_together_from_text"),
    ("1.2.5", 1, "no command made of texts", f"{STATIC}no_command_goes_through_a_shell"),
    ("1.2.10", 3, "no formula in an export", f"{TEXTS}t07_no_cell_of_an_export_begins_a_formula"),
    ("1.3.1", 1, "HTML from people is cleaned", "not applicable: nobody writes HTML"),
    ("1.3.2", 1, "no text is run as code", f"{STATIC}no_text_is_run_as_code"),
    ("1.3.6", 2, "no address is fetched for somebody", f"{TEXTS}t21_nothing_here_fetches_an_address"),
    ("1.3.7", 2, "no template made of texts", f"{TEXTS}t17_a_mail_holds_what_somebody_wrote_and_nothing_made_of_it"),
    ("1.3.11", 2, "nothing injected into mail", f"{TEXTS}t05_no_text_becomes_a_header_or_a_second_reader"),
    ("1.3.12", 3, "no pattern that runs for ever", f"{S}threats_input.py::test_t20_no_long_input_keeps_a_parser_busy"),
    ("1.5.1", 1, "no XML entities", f"{STATIC}no_parser_that_builds_objects_or_reads_entities"),
    ("1.5.2", 2, "nothing unpickled", f"{STATIC}no_parser_that_builds_objects_or_reads_entities"),
    ("2.1.1", 1, "rules of input are written down", "by hand: README and app/services/signups/form.py"),
    ("2.2.1", 1, "only what is offered is taken", f"{B}public.py::test_what_the_form_never_offered_is_refused"),
    ("2.2.2", 1, "the server checks, not the page", f"{B}public.py::test_a_wrong_form_says_so_and_keeps_what_was_typed"),
    ("2.2.3", 2, "what belongs together is checked together", f"{V}signups.py::test_register_names_every_field_at_once"),
    ("2.3.1", 1, "steps in their order", f"{B}participant.py::test_a_place_is_not_confirmed_after_the_start"),
    ("2.3.2", 2, "limits are kept", f"{V}limits.py::test_as_many_as_the_limit_says"),
    ("2.3.3", 2, "all of a change or nothing", "tests/faults/test_sqlite.py::test_full_disk_at_any_page_leaves_nothing_half_written"),
    ("2.3.4", 2, "no place is given twice", f"{V}places.py::test_40_racers_for_10_places"),
    ("2.4.1", 2, "no flood of sign-ups, mails or plans", f"{LOAD}t25_an_organisation_has_three_plans_on_the_way_and_others_still_plan"),
    ("3.2.1", 1, "files are not shown as pages", f"{STATIC}files_are_saved_and_not_shown"),
    ("3.2.2", 1, "scripts write text, not markup", f"{STATIC}scripts_write_no_markup_and_run_no_text"),
    ("3.3.1", 1, "cookies are Secure and __Host-", f"{HEADERS}cookie_of_a_server_stays_with_its_host"),
    ("3.4.1", 1, "HSTS for a year", f"{HEADERS}every_answer_is_protected"),
    ("3.4.2", 1, "no other site may read", f"{STATIC}no_answer_is_for_other_sites"),
    ("3.4.3", 2, "a strict content policy", f"{TEXTS}t03_no_page_lets_a_script_run"),
    ("3.4.4", 2, "no guessing of types", f"{STATIC}every_answer_carries_the_headers_that_protect_it"),
    ("3.4.5", 2, "links are not told on", f"{ACCOUNTS}t15_pages_behind_a_link_send_no_referrer_and_link_to_no_other_site"),
    ("3.4.6", 2, "no page stands in a foreign frame", f"{HEADERS}every_answer_is_protected"),
    ("3.5.1", 1, "no forged post", f"{FORMS}t22_no_form_is_taken_without_its_token"),
    ("3.5.2", 1, "no reliance on preflight", f"{FORMS}t22_no_form_is_taken_without_its_token"),
    ("3.5.3", 1, "reading changes nothing", f"{WEB}t10_a_scanner_that_opens_every_link_changes_nothing"),
    ("3.7.2", 2, "redirects stay here", f"{WEB}t11_signing_in_leads_to_no_other_site"),
    ("4.1.1", 1, "every answer names its type", f"{STATIC}every_text_names_its_type_and_letters"),
    ("4.1.3", 2, "only counted proxies are believed", f"{WEB}t16_the_client_is_who_the_counted_proxies_say"),
    ("4.1.4", 3, "other methods are refused", f"{STATIC}other_methods_are_refused"),
    ("4.4.1", 1, "web sockets use TLS", "not applicable: there are none"),
    ("5.2.1", 1, "nothing larger than can be read", f"{FORMS}t19_a_body_that_is_too_large_is_refused_everywhere"),
    ("5.2.2", 1, "a file is what it says", f"{V}roster_csv.py::test_an_unreadable_file_gets_one_clear_line"),
    ("5.3.1", 1, "uploads are not run", "not applicable: no page takes a file"),
    ("5.3.2", 1, "no path made of texts", f"{V}plan_files.py::test_a_calendar_files_name_is_safe"),
    ("5.4.2", 2, "names of files are safe", f"{STATIC}files_are_saved_and_not_shown"),
    ("6.1.1", 1, "limits on guessing are written down", "by hand: README, Put it on a server; app/services/accounts/signing_in.py"),
    ("6.2.1", 1, "eight characters or more", f"{V}passwords.py::test_length_is_counted_in_characters_as_they_are_seen"),
    ("6.2.2", 1, "a password can be changed", f"{DESK}mine.py::test_password_is_changed_with_the_old_one_and_other_browsers_are_out"),
    ("6.2.3", 1, "with the old one", f"{V}account_password.py::test_guessing_the_old_password_is_counted"),
    ("6.2.4", 1, "not one of the 3,000 most used", f"{V}passwords.py::test_list_holds_three_thousand_words_that_are_long_enough"),
    ("6.2.5", 1, "of any characters", f"{V}passwords.py::test_any_characters_will_do"),
    ("6.2.6", 1, "typed hidden", f"{STATIC}passwords_are_typed_hidden_and_may_be_pasted"),
    ("6.2.7", 1, "pasting and managers allowed", f"{STATIC}passwords_are_typed_hidden_and_may_be_pasted"),
    ("6.2.8", 1, "compared as typed", f"{V}passwords.py::test_accents_typed_in_two_ways_are_one_password"),
    ("6.2.11", 2, "no words of the context", f"{V}passwords.py::test_guessable_password_is_refused_in_any_case"),
    ("6.3.1", 1, "guessing is slowed", f"{WEB}t16_a_made_up_address_does_not_evade_the_limit"),
    ("6.3.2", 1, "no account from the start", "tests/app/commands/test_owner.py::test_invite_owner_prints_a_link_and_how_long_it_is_good"),
    ("6.3.8", 3, "nobody learns who has an account", f"{ACCOUNTS}t14_an_unknown_address_gets_the_same_answer"),
    ("6.4.1", 1, "first links are random and end", f"{V}account_invitations.py::test_link_works_once_and_for_a_week"),
    ("6.4.2", 1, "no secret questions", "not applicable: there are none"),
    ("6.4.3", 2, "a forgotten password is set by a link", f"{V}account_password.py::test_link_sets_a_password_once_and_ends_every_session"),
    ("6.5.1", 2, "links by mail work once", f"{WEB}t10_one_time_links_fall_to_the_first_post_only"),
    ("6.5.5", 2, "and for ten minutes", f"{V}account_password.py::test_link_is_good_for_ten_minutes"),
    ("7.2.1", 1, "sessions are checked on the server", f"{FORMS}t22_signing_in_gives_a_new_session_and_signing_out_ends_it"),
    ("7.2.2", 1, "no fixed keys as sessions", f"{FORMS}t22_signing_in_gives_a_new_session_and_signing_out_ends_it"),
    ("7.2.3", 1, "128 random bits", f"{V}accounts.py::test_database_holds_neither_password_nor_token"),
    ("7.2.4", 1, "a new session at sign-in", f"{DESK}mine.py::test_session_changes_at_sign_in_and_the_one_before_ends"),
    ("7.3.1", 2, "idle sessions end", f"{V}accounts.py::test_session_ends_after_eight_idle_hours"),
    ("7.3.2", 2, "old sessions end", f"{V}accounts.py::test_session_ends_after_seven_days_however_busy"),
    ("7.4.1", 1, "signing out ends it", f"{DESK}account.py::test_signing_out_ends_the_session_everywhere"),
    ("7.4.2", 1, "a closed account is out", f"{DESK}team.py::test_closed_account_is_out_at_once"),
    ("7.4.3", 2, "a new password ends the others", f"{V}account_password.py::test_changing_it_ends_all_other_sessions_and_pending_links"),
    ("7.5.1", 2, "the old password before the new", f"{DESK}mine.py::test_password_is_changed_with_the_old_one_and_other_browsers_are_out"),
    ("7.5.2", 2, "sessions are listed and ended", f"{DESK}mine.py::test_page_lists_the_own_browsers"),
    ("8.1.1", 1, "who may what is written down", "by hand: tests/security/routes.py is the table"),
    ("8.2.1", 1, "each page for whom it is", f"{MATRIX}an_organiser_is_refused_what_only_owners_may"),
    ("8.2.2", 1, "each row for whose it is", f"{MATRIX}the_row_of_another_event_is_not_found_below_an_own_event"),
    ("8.2.3", 2, "each field for whose it is", f"{S}canary.py::test_whom_somebody_would_rather_not_meet_is_nowhere_but_with_owners"),
    ("8.3.1", 1, "decided on the server", f"{MATRIX}a_row_and_its_guard_say_the_same"),
    ("8.4.1", 2, "organisations do not meet", f"{S}canary.py::test_nothing_of_another_organisation_is_in_what_anybody_can_fetch"),
    ("9.1.1", 1, "tokens with content are signed", NO_TOKENS),
    ("9.1.2", 1, "by named algorithms", NO_TOKENS),
    ("9.1.3", 1, "with trusted keys", NO_TOKENS),
    ("9.2.1", 1, "and only in their time", NO_TOKENS),
    ("10.4.1", 1, "redirect addresses of clients", NO_OAUTH),
    ("10.4.2", 1, "codes work once", NO_OAUTH),
    ("10.4.3", 1, "codes end soon", NO_OAUTH),
    ("10.4.4", 1, "only needed grants", NO_OAUTH),
    ("10.4.5", 1, "no replay of refresh tokens", NO_OAUTH),
    ("11.3.1", 1, "no weak modes of ciphers", "not applicable: nothing is encrypted here"),
    ("11.3.2", 1, "approved ciphers", "not applicable: nothing is encrypted here"),
    ("11.4.1", 1, "sound digests", f"{STATIC}only_sound_digests_and_chance"),
    ("11.4.2", 2, "passwords in argon2id", f"{V}passwords.py::test_hash_is_argon2id_at_the_agreed_cost"),
    ("11.5.1", 2, "128 bits in every link", f"{ACCOUNTS}t15_links_are_long_and_only_their_digest_is_kept"),
    ("12.1.1", 1, "TLS 1.2 or later", TLS),
    ("12.2.1", 1, "TLS to everybody", TLS),
    ("12.2.2", 1, "trusted certificates", TLS),
    ("12.3.1", 2, "TLS to the mail server", "tests/app/mail/test_smtp.py::test_smtp_never_goes_on_without_the_tls_it_was_told_to_use"),
    ("13.4.1", 1, "no source control is served", f"{STATIC}nothing_of_the_works_is_served"),
    ("13.4.2", 2, "no debugger", f"{FORMS}t19_the_debugger_starts_on_this_machine_only"),
    ("13.4.5", 2, "monitoring tells nothing", f"{B}ops.py::test_ready_tells_nothing_about_people"),
    ("14.2.1", 1, "no secret in logs of addresses", f"{HEADERS}access_log_keeps_no_secret"),
    ("14.2.2", 2, "no cache keeps it", f"{WEB}t18_no_page_that_is_somebodys_is_kept_by_a_cache"),
    ("14.2.7", 3, "old data go by themselves", "tests/app/services/privacy/test_retention.py::test_names_are_kept_until_the_last_day_and_not_longer"),
    ("14.3.1", 1, "nothing stays after signing out", f"{STATIC}a_browser_keeps_only_what_somebody_is_typing_and_nothing_confidential"),
    ("14.3.2", 2, "no-store on what is somebody's", f"{WEB}t18_no_page_that_is_somebodys_is_kept_by_a_cache"),
    ("14.3.3", 2, "nothing confidential in the browser", f"{STATIC}a_browser_keeps_only_what_somebody_is_typing_and_nothing_confidential"),
    ("15.1.1", 1, "when libraries are renewed", "by hand: before each release, pip-audit"),
    ("15.2.1", 1, "no library with a known hole", "by hand: pip-audit before each release"),
    ("15.2.2", 2, "costly work is bounded", f"{LOAD}t25_a_planner_stands_back_behind_the_pages"),
    ("15.3.1", 1, "only the fields that are needed", f"{FORMS}t23_no_open_page_names_more_people_than_said_yes"),
    ("15.3.3", 2, "no field a form does not have", f"{S}threats_input.py::test_t13_a_column_that_a_form_does_not_have_is_not_written"),
    ("15.3.4", 2, "the client's own address", f"{WEB}t16_the_client_is_who_the_counted_proxies_say"),
    ("15.4.2", 3, "looked at and done in one", f"{V}places.py::test_a_confirming_link_used_by_many_at_once_works_once"),
    ("16.2.5", 2, "no secret in the log", f"{ACCOUNTS}t15_no_link_stands_in_the_log_or_on_an_error_page"),
    ("16.3.1", 2, "sign-ins are written down", f"{FORMS}signing_in_is_written_down"),
    ("16.5.1", 2, "errors tell nothing inside", f"{FORMS}an_unexpected_error_tells_nothing_of_the_inside"),
    ("16.5.2", 2, "goes on without the database", "tests/faults/test_sqlite.py::test_locked_database_is_a_503_and_recovers"),
    ("16.5.3", 2, "fails shut", "tests/app/test_tenancy.py::test_a_session_without_a_tenant_reads_and_changes_nothing"),
)
# fmt: on
REQUIREMENTS = tuple(
    Requirement(id=number, level=level, words=words, check=check)
    for number, level, words, check in _ROWS
)
