"""The threats of the list, each with the tests that catch it. The numbers are the list's."""

from __future__ import annotations

S = "tests/security/test_"
B = "tests/app/blueprints/test_"
V = "tests/app/services/test_"

THREATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "T1": (
        "another organisation's rows",
        (
            "tests/contracts/test_route_matrix.py::test_another_organisation_learns_not_even_that_a_row_is_there",
            "tests/contracts/test_route_matrix.py::test_the_row_of_another_event_is_not_found_below_an_own_event",
            f"{S}canary.py::test_nothing_of_another_organisation_is_in_what_anybody_can_fetch",
            f"{S}canary.py::test_nothing_foreign_and_nothing_confidential_is_in_the_answer_to_a_form",
            f"{S}threats_api.py::test_t01_another_organisations_rows_are_not_there_for_a_key",
            f"{S}threats_api.py::test_t01_a_foreign_row_is_not_found_below_an_own_event",
            f"{S}threats_api.py::test_t01_a_foreign_plan_or_block_in_a_body_is_not_found",
            "tests/app/test_tenancy.py::test_an_organisation_sees_its_own_rows_only",
        ),
    ),
    "T2": (
        "other people's addresses in mail and calendar",
        (
            f"{S}threats_api.py::test_t02_no_answer_holds_anything_foreign_or_confidential",
            f"{S}threats_api.py::test_t02_private_answers_scores_and_who_is_kept_apart_are_in_no_answer",
            f"{S}canary.py::test_mails_hold_nothing_of_another_organisation_and_nothing_confidential",
            f"{V}delivery.py::test_deliver_due_sends_each_message_once_to_its_reader",
            f"{B}participant.py::test_nobody_elses_address_stands_on_a_page",
        ),
    ),
    "T3": (
        "stored markup",
        (
            f"{S}threats_texts.py::test_t03_no_text_becomes_markup_on_any_page",
            f"{S}threats_texts.py::test_t03_no_page_lets_a_script_run",
            "tests/contracts/test_templates.py::test_no_template_trusts_text",
            "tests/e2e/test_pages_in_browser.py::test_main_pages_report_no_breach_of_the_content_policy",
        ),
    ),
    "T4": (
        "phishing through our mail",
        (
            f"{S}threats_texts.py::test_t04_what_a_stranger_wrote_is_no_link_in_a_mail",
            f"{V}signups.py::test_mail_to_an_unconfirmed_address_holds_nothing_the_sender_wrote",
            f"{V}signup_mail.py::test_a_name_with_an_address_in_it_becomes_no_link",
            f"{V}signups.py::test_nobody_can_flood_a_mailbox",
        ),
    ),
    "T5": (
        "headers of a mail",
        (
            f"{S}threats_texts.py::test_t05_no_text_becomes_a_header_or_a_second_reader",
            "tests/app/mail/test_message.py::test_build_keeps_the_set_of_headers",
        ),
    ),
    "T6": (
        "lines of a calendar",
        (
            f"{S}threats_texts.py::test_t06_a_calendar_keeps_its_shape_whatever_the_texts",
            "tests/app/ical/test_invite.py::test_write_request_keeps_its_shape_whatever_a_name_holds",
        ),
    ),
    "T7": (
        "formulas in exports",
        (
            f"{S}threats_texts.py::test_t07_no_cell_of_an_export_begins_a_formula",
            f"{V}plan_files.py::test_no_cell_is_computed_by_a_spreadsheet",
            "tests/app/services/privacy/test_export.py::test_no_cell_begins_like_a_formula",
        ),
    ),
    "T8": (
        "one place too many, one link twice",
        (
            f"{V}places.py::test_40_racers_for_10_places",
            f"{V}places.py::test_a_confirming_link_used_by_many_at_once_works_once",
            f"{V}places.py::test_without_the_lock_the_race_oversells",
            f"{V}account_invitations.py::test_fifty_at_once_make_one_account",
        ),
    ),
    "T9": (
        "the name of another host",
        (
            f"{S}threats_web.py::test_t09_no_host_header_gets_into_a_page_or_a_mail",
            f"{S}threats_web.py::test_t09_links_in_mails_are_those_of_the_configured_address",
        ),
    ),
    "T10": (
        "scanners that open every link",
        (
            f"{S}threats_web.py::test_t10_a_scanner_that_opens_every_link_changes_nothing",
            f"{S}threats_web.py::test_t10_a_scanner_gets_no_session",
            f"{S}threats_web.py::test_t10_one_time_links_fall_to_the_first_post_only",
        ),
    ),
    "T11": (
        "redirects to other sites",
        (
            f"{S}threats_web.py::test_t11_signing_in_leads_to_no_other_site",
            f"{S}threats_web.py::test_t11_no_page_redirects_to_what_a_request_names",
        ),
    ),
    "T12": (
        "accounts taken beforehand",
        (
            f"{S}threats_accounts.py::test_t12_an_address_is_in_one_organisation_and_no_invitation_takes_it_over",
            f"{S}threats_accounts.py::test_t12_a_new_password_ends_all_that_was_open_before",
            f"{S}threats_accounts.py::test_t12_signing_up_changes_nothing_of_who_is_there_already",
            f"{V}account_invitations.py::test_t12_account_of_another_organisation_is_never_claimed",
        ),
    ),
    "T13": (
        "fields no form has",
        (
            f"{S}threats_api.py::test_t13_no_column_can_be_set_that_is_not_documented",
            f"{S}threats_input.py::test_t13_a_column_that_a_form_does_not_have_is_not_written",
            f"{B}public.py::test_columns_cannot_be_posted",
        ),
    ),
    "T14": (
        "finding out who has an account",
        (
            f"{S}threats_accounts.py::test_t14_an_unknown_address_gets_the_same_answer",
            f"{S}threats_accounts.py::test_t14_an_unknown_address_takes_as_long",
            f"{S}threats_accounts.py::test_t14_an_unknown_address_takes_as_long_in_200_tries",
            f"{V}account_password.py::test_t14_sign_in_hashes_for_nobody_too",
        ),
    ),
    "T15": (
        "links that leak",
        (
            f"{S}threats_accounts.py::test_t15_links_are_long_and_only_their_digest_is_kept",
            f"{S}threats_accounts.py::test_t15_a_revoked_link_opens_nothing_and_the_other_ones_stay",
            f"{S}threats_accounts.py::test_t15_pages_behind_a_link_send_no_referrer_and_link_to_no_other_site",
            f"{S}threats_accounts.py::test_t15_no_link_stands_in_the_log_or_on_an_error_page",
            "tests/contracts/test_route_matrix.py::test_a_link_for_one_purpose_opens_nothing_else",
        ),
    ),
    "T16": (
        "made-up addresses of clients",
        (
            f"{S}threats_web.py::test_t16_the_client_is_who_the_counted_proxies_say",
            f"{S}threats_web.py::test_t16_a_made_up_address_does_not_evade_the_limit",
        ),
    ),
    "T17": (
        "templates made of texts",
        (
            f"{S}threats_texts.py::test_t17_no_text_is_computed_on_any_page_or_in_any_mail",
            f"{S}threats_texts.py::test_t17_a_mail_holds_what_somebody_wrote_and_nothing_made_of_it",
        ),
    ),
    "T18": (
        "pages kept by a cache",
        (f"{S}threats_web.py::test_t18_no_page_that_is_somebodys_is_kept_by_a_cache",),
    ),
    "T19": (
        "forms that fill the memory, the debugger",
        (
            f"{S}threats_forms.py::test_t19_a_body_that_is_too_large_is_refused_everywhere",
            f"{S}threats_forms.py::test_t19_forms_are_refused_before_they_fill_the_memory",
            f"{S}threats_forms.py::test_t19_the_debugger_starts_on_this_machine_only",
        ),
    ),
    "T20": (
        "inputs that keep a parser busy",
        (
            f"{S}threats_input.py::test_t20_no_long_input_keeps_a_parser_busy",
            f"{S}threats_input.py::test_t20_no_input_of_a_megabyte_keeps_a_parser_busy",
        ),
    ),
    "T21": (
        "addresses fetched from here",
        (f"{S}threats_texts.py::test_t21_nothing_here_fetches_an_address",),
    ),
    "T22": (
        "forged posts and planted sessions",
        (
            f"{S}threats_forms.py::test_t22_no_form_is_taken_without_its_token",
            f"{S}threats_forms.py::test_t22_a_strangers_token_signs_nobody_in",
            "tests/api/test_keys.py::test_a_signed_in_browser_is_nobody_here",
            f"{S}threats_forms.py::test_t22_signing_in_gives_a_new_session_and_signing_out_ends_it",
        ),
    ),
    "T23": (
        "what stands open",
        (
            f"{S}threats_forms.py::test_t23_the_server_listens_on_this_machine_unless_told",
            f"{S}threats_forms.py::test_t23_no_open_page_names_more_people_than_said_yes",
        ),
    ),
    "T24": (
        "sign-ups nobody means",
        (
            f"{S}threats_load.py::test_t24_a_place_nobody_confirms_is_free_again_after_a_while",
            f"{S}threats_load.py::test_t24_one_client_cannot_sign_up_without_end",
            f"{S}threats_load.py::test_t24_who_fills_the_trap_gets_no_place_and_reads_why",
            f"{S}threats_load.py::test_t24_one_mailbox_gets_a_handful_of_mails_an_hour",
        ),
    ),
    "T25": (
        "plans that take the machine",
        (
            f"{S}threats_load.py::test_t25_an_organisation_has_three_plans_on_the_way_and_others_still_plan",
            f"{S}threats_load.py::test_t25_pages_are_as_quick_while_two_plans_run",
            f"{S}threats_load.py::test_t25_a_planner_stands_back_behind_the_pages",
        ),
    ),
}
