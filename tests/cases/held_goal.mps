NAME        m
ROWS
 N  OBJ     
 G  attendance_floor_p0
 G  attendance_floor_p2
 G  attendance_floor_p3
 G  balance_fewest_r0_t0
 G  balance_fewest_r0_t1
 G  balance_fewest_r0_t2
 G  balance_fewest_r0_t3
 G  balance_fewest_r1_t0
 G  balance_fewest_r1_t1
 G  balance_fewest_r1_t2
 G  balance_fewest_r1_t3
 G  balance_fewest_r3_t0
 G  balance_fewest_r3_t3
 L  balance_most_r0_t0
 L  balance_most_r0_t1
 L  balance_most_r0_t2
 L  balance_most_r0_t3
 L  balance_most_r1_t0
 L  balance_most_r1_t1
 L  balance_most_r1_t2
 L  balance_most_r1_t3
 L  balance_most_r3_t0
 L  balance_most_r3_t3
 G  balance_r0
 G  balance_r1
 G  balance_r3
 L  both_p0_p2_r0_t0_p0
 L  both_p0_p2_r0_t0_p2
 L  both_p0_p2_r0_t1_p0
 L  both_p0_p2_r0_t1_p2
 L  both_p0_p2_r1_t0_p0
 L  both_p0_p2_r1_t0_p2
 L  both_p0_p2_r1_t1_p0
 L  both_p0_p2_r1_t1_p2
 L  both_p0_p3_r0_t0_p0
 L  both_p0_p3_r0_t0_p3
 L  both_p0_p3_r0_t1_p0
 L  both_p0_p3_r0_t1_p3
 L  both_p0_p3_r0_t2_p0
 L  both_p0_p3_r0_t2_p3
 L  both_p0_p3_r0_t3_p0
 L  both_p0_p3_r0_t3_p3
 L  both_p0_p3_r1_t0_p0
 L  both_p0_p3_r1_t0_p3
 L  both_p0_p3_r1_t1_p0
 L  both_p0_p3_r1_t1_p3
 L  both_p0_p3_r1_t2_p0
 L  both_p0_p3_r1_t2_p3
 L  both_p0_p3_r1_t3_p0
 L  both_p0_p3_r1_t3_p3
 L  both_p2_p3_r0_t0_p2
 L  both_p2_p3_r0_t0_p3
 L  both_p2_p3_r0_t1_p2
 L  both_p2_p3_r0_t1_p3
 L  both_p2_p3_r1_t0_p2
 L  both_p2_p3_r1_t0_p3
 L  both_p2_p3_r1_t1_p2
 L  both_p2_p3_r1_t1_p3
 G  company_r0_t0
 G  company_r0_t2
 G  company_r1_t0
 G  company_r1_t2
 G  fit_floor_p0
 G  fit_floor_p2
 G  fit_floor_p3
 G  hold_attendance_floor
 L  hold_balance
 G  hold_fit
 G  hold_fit_floor
 L  hold_repeats
 G  hold_stage_mix
 G  hold_wishes_floor
 G  host_r0_t0
 L  host_r0_t0_p0
 L  host_r0_t0_p2
 L  host_r0_t0_p3
 G  host_r0_t1
 L  host_r0_t1_p0
 L  host_r0_t1_p2
 L  host_r0_t1_p3
 G  host_r0_t2
 L  host_r0_t2_p0
 L  host_r0_t2_p3
 G  host_r0_t3
 L  host_r0_t3_p0
 L  host_r0_t3_p3
 G  host_r1_t0
 L  host_r1_t0_p0
 L  host_r1_t0_p2
 L  host_r1_t0_p3
 G  host_r1_t1
 L  host_r1_t1_p0
 L  host_r1_t1_p2
 L  host_r1_t1_p3
 G  host_r1_t2
 L  host_r1_t2_p0
 L  host_r1_t2_p3
 G  host_r1_t3
 L  host_r1_t3_p0
 L  host_r1_t3_p3
 L  max_rounds_p1
 L  max_rounds_p2
 G  meet_p0_p2_r0
 G  meet_p0_p2_r1
 G  meet_p0_p3_r0
 G  meet_p0_p3_r1
 G  meet_p2_p3_r0
 G  meet_p2_p3_r1
 G  met_p0_p1
 G  met_p0_p2
 G  met_p0_p3
 L  met_p0_p4_r0
 L  met_p0_p4_r1
 L  met_p1_p2_r0
 L  met_p1_p2_r1
 G  met_p1_p3
 G  met_p2_p3
 L  met_p2_p3_r0
 L  met_p2_p3_r1
 L  met_p3_p4_r0
 L  met_p3_p4_r1
 L  one_seat_p0_r0
 L  one_seat_p0_r1
 L  one_seat_p2_r0
 L  one_seat_p2_r1
 L  one_seat_p3_r0
 L  one_seat_p3_r1
 L  repeats_p2_p3
 L  seats_r0_t1
 L  seats_r1_t1
 G  share_p2_p3_r0_t0
 G  share_p2_p3_r0_t1
 G  share_p2_p3_r1_t0
 G  share_p2_p3_r1_t1
 G  stage_mix_rest_r0_t0_s0
 G  stage_mix_rest_r0_t0_s1
 G  stage_mix_rest_r0_t1_s0
 G  stage_mix_rest_r0_t1_s1
 G  stage_mix_rest_r0_t2_s1
 G  stage_mix_rest_r0_t3_s1
 G  stage_mix_rest_r1_t0_s0
 G  stage_mix_rest_r1_t0_s1
 G  stage_mix_rest_r1_t1_s0
 G  stage_mix_rest_r1_t1_s1
 G  stage_mix_rest_r1_t2_s1
 G  stage_mix_rest_r1_t3_s1
 G  stage_mix_seen_r0_t0_s0
 G  stage_mix_seen_r0_t0_s1
 G  stage_mix_seen_r0_t1_s0
 G  stage_mix_seen_r0_t1_s1
 G  stage_mix_seen_r0_t2_s1
 G  stage_mix_seen_r0_t3_s1
 G  stage_mix_seen_r1_t0_s0
 G  stage_mix_seen_r1_t0_s1
 G  stage_mix_seen_r1_t1_s0
 G  stage_mix_seen_r1_t1_s1
 G  stage_mix_seen_r1_t2_s1
 G  stage_mix_seen_r1_t3_s1
 G  stage_mix_some_r0_t0_s0
 G  stage_mix_some_r0_t0_s1
 G  stage_mix_some_r0_t1_s0
 G  stage_mix_some_r0_t1_s1
 G  stage_mix_some_r0_t2_s1
 G  stage_mix_some_r0_t3_s1
 G  stage_mix_some_r1_t0_s0
 G  stage_mix_some_r1_t0_s1
 G  stage_mix_some_r1_t1_s0
 G  stage_mix_some_r1_t1_s1
 G  stage_mix_some_r1_t2_s1
 G  stage_mix_some_r1_t3_s1
 G  wishes_floor_p3
 G  wishes_floor_p4
COLUMNS
    MARK0000  'MARKER'                 'INTORG'
    x_p3_t0_r1  OBJ       -1
    x_p3_t0_r1  attendance_floor_p3  1
    x_p3_t0_r1  balance_fewest_r1_t0  1
    x_p3_t0_r1  balance_most_r1_t0  1
    x_p3_t0_r1  both_p0_p3_r1_t0_p3  -1
    x_p3_t0_r1  both_p2_p3_r1_t0_p3  -1
    x_p3_t0_r1  company_r1_t0  1
    x_p3_t0_r1  host_r1_t0  1
    x_p3_t0_r1  host_r1_t0_p3  1
    x_p3_t0_r1  one_seat_p3_r1  1
    x_p3_t0_r1  share_p2_p3_r1_t0  -1
    x_p3_t0_r1  stage_mix_rest_r1_t0_s0  1
    x_p3_t0_r1  stage_mix_rest_r1_t0_s1  1
    MARK0001  'MARKER'                 'INTEND'
    attendance_floor  attendance_floor_p0  -1
    attendance_floor  attendance_floor_p2  -1
    attendance_floor  attendance_floor_p3  -1
    attendance_floor  hold_attendance_floor  1
    MARK0002  'MARKER'                 'INTORG'
    x_p0_t0_r0  attendance_floor_p0  1
    x_p0_t0_r0  balance_fewest_r0_t0  1
    x_p0_t0_r0  balance_most_r0_t0  1
    x_p0_t0_r0  both_p0_p2_r0_t0_p0  -1
    x_p0_t0_r0  both_p0_p3_r0_t0_p0  -1
    x_p0_t0_r0  company_r0_t0  1
    x_p0_t0_r0  host_r0_t0  1
    x_p0_t0_r0  host_r0_t0_p0  1
    x_p0_t0_r0  one_seat_p0_r0  1
    x_p0_t0_r0  stage_mix_rest_r0_t0_s0  1
    x_p0_t0_r0  stage_mix_seen_r0_t0_s1  1
    x_p0_t0_r1  attendance_floor_p0  1
    x_p0_t0_r1  balance_fewest_r1_t0  1
    x_p0_t0_r1  balance_most_r1_t0  1
    x_p0_t0_r1  both_p0_p2_r1_t0_p0  -1
    x_p0_t0_r1  both_p0_p3_r1_t0_p0  -1
    x_p0_t0_r1  company_r1_t0  1
    x_p0_t0_r1  host_r1_t0  1
    x_p0_t0_r1  host_r1_t0_p0  1
    x_p0_t0_r1  one_seat_p0_r1  1
    x_p0_t0_r1  stage_mix_rest_r1_t0_s0  1
    x_p0_t0_r1  stage_mix_seen_r1_t0_s1  1
    x_p0_t1_r0  attendance_floor_p0  1
    x_p0_t1_r0  balance_fewest_r0_t1  1
    x_p0_t1_r0  balance_most_r0_t1  1
    x_p0_t1_r0  both_p0_p2_r0_t1_p0  -1
    x_p0_t1_r0  both_p0_p3_r0_t1_p0  -1
    x_p0_t1_r0  hold_repeats  1
    x_p0_t1_r0  host_r0_t1  1
    x_p0_t1_r0  host_r0_t1_p0  1
    x_p0_t1_r0  met_p0_p1  1
    x_p0_t1_r0  one_seat_p0_r0  1
    x_p0_t1_r0  seats_r0_t1  1
    x_p0_t1_r0  stage_mix_rest_r0_t1_s0  1
    x_p0_t1_r0  stage_mix_seen_r0_t1_s1  1
    x_p0_t1_r1  attendance_floor_p0  1
    x_p0_t1_r1  balance_fewest_r1_t1  1
    x_p0_t1_r1  balance_most_r1_t1  1
    x_p0_t1_r1  both_p0_p2_r1_t1_p0  -1
    x_p0_t1_r1  both_p0_p3_r1_t1_p0  -1
    x_p0_t1_r1  hold_repeats  1
    x_p0_t1_r1  host_r1_t1  1
    x_p0_t1_r1  host_r1_t1_p0  1
    x_p0_t1_r1  met_p0_p1  1
    x_p0_t1_r1  one_seat_p0_r1  1
    x_p0_t1_r1  seats_r1_t1  1
    x_p0_t1_r1  stage_mix_rest_r1_t1_s0  1
    x_p0_t1_r1  stage_mix_seen_r1_t1_s1  1
    x_p0_t2_r0  attendance_floor_p0  1
    x_p0_t2_r0  balance_fewest_r0_t2  1
    x_p0_t2_r0  balance_most_r0_t2  1
    x_p0_t2_r0  both_p0_p3_r0_t2_p0  -1
    x_p0_t2_r0  company_r0_t2  1
    x_p0_t2_r0  host_r0_t2  1
    x_p0_t2_r0  host_r0_t2_p0  1
    x_p0_t2_r0  one_seat_p0_r0  1
    x_p0_t2_r0  stage_mix_seen_r0_t2_s1  1
    x_p0_t2_r1  attendance_floor_p0  1
    x_p0_t2_r1  balance_fewest_r1_t2  1
    x_p0_t2_r1  balance_most_r1_t2  1
    x_p0_t2_r1  both_p0_p3_r1_t2_p0  -1
    x_p0_t2_r1  company_r1_t2  1
    x_p0_t2_r1  host_r1_t2  1
    x_p0_t2_r1  host_r1_t2_p0  1
    x_p0_t2_r1  one_seat_p0_r1  1
    x_p0_t2_r1  stage_mix_seen_r1_t2_s1  1
    x_p0_t3_r0  attendance_floor_p0  1
    x_p0_t3_r0  balance_fewest_r0_t3  1
    x_p0_t3_r0  balance_most_r0_t3  1
    x_p0_t3_r0  both_p0_p3_r0_t3_p0  -1
    x_p0_t3_r0  host_r0_t3  1
    x_p0_t3_r0  host_r0_t3_p0  1
    x_p0_t3_r0  met_p0_p4_r0  1
    x_p0_t3_r0  one_seat_p0_r0  1
    x_p0_t3_r0  stage_mix_seen_r0_t3_s1  1
    x_p0_t3_r1  attendance_floor_p0  1
    x_p0_t3_r1  balance_fewest_r1_t3  1
    x_p0_t3_r1  balance_most_r1_t3  1
    x_p0_t3_r1  both_p0_p3_r1_t3_p0  -1
    x_p0_t3_r1  host_r1_t3  1
    x_p0_t3_r1  host_r1_t3_p0  1
    x_p0_t3_r1  met_p0_p4_r1  1
    x_p0_t3_r1  one_seat_p0_r1  1
    x_p0_t3_r1  stage_mix_seen_r1_t3_s1  1
    x_p2_t0_r0  attendance_floor_p2  1
    x_p2_t0_r0  balance_fewest_r0_t0  1
    x_p2_t0_r0  balance_most_r0_t0  1
    x_p2_t0_r0  both_p0_p2_r0_t0_p2  -1
    x_p2_t0_r0  both_p2_p3_r0_t0_p2  -1
    x_p2_t0_r0  company_r0_t0  1
    x_p2_t0_r0  host_r0_t0  1
    x_p2_t0_r0  host_r0_t0_p2  1
    x_p2_t0_r0  max_rounds_p2  1
    x_p2_t0_r0  one_seat_p2_r0  1
    x_p2_t0_r0  share_p2_p3_r0_t0  -1
    x_p2_t0_r0  stage_mix_rest_r0_t0_s1  1
    x_p2_t0_r0  stage_mix_seen_r0_t0_s0  1
    x_p2_t0_r1  attendance_floor_p2  1
    x_p2_t0_r1  balance_fewest_r1_t0  1
    x_p2_t0_r1  balance_most_r1_t0  1
    x_p2_t0_r1  both_p0_p2_r1_t0_p2  -1
    x_p2_t0_r1  both_p2_p3_r1_t0_p2  -1
    x_p2_t0_r1  company_r1_t0  1
    x_p2_t0_r1  host_r1_t0  1
    x_p2_t0_r1  host_r1_t0_p2  1
    x_p2_t0_r1  max_rounds_p2  1
    x_p2_t0_r1  one_seat_p2_r1  1
    x_p2_t0_r1  share_p2_p3_r1_t0  -1
    x_p2_t0_r1  stage_mix_rest_r1_t0_s1  1
    x_p2_t0_r1  stage_mix_seen_r1_t0_s0  1
    x_p2_t1_r0  attendance_floor_p2  1
    x_p2_t1_r0  balance_fewest_r0_t1  1
    x_p2_t1_r0  balance_most_r0_t1  1
    x_p2_t1_r0  both_p0_p2_r0_t1_p2  -1
    x_p2_t1_r0  both_p2_p3_r0_t1_p2  -1
    x_p2_t1_r0  host_r0_t1  1
    x_p2_t1_r0  host_r0_t1_p2  1
    x_p2_t1_r0  max_rounds_p2  1
    x_p2_t1_r0  met_p1_p2_r0  1
    x_p2_t1_r0  one_seat_p2_r0  1
    x_p2_t1_r0  seats_r0_t1  1
    x_p2_t1_r0  share_p2_p3_r0_t1  -1
    x_p2_t1_r0  stage_mix_rest_r0_t1_s1  1
    x_p2_t1_r0  stage_mix_seen_r0_t1_s0  1
    x_p2_t1_r1  attendance_floor_p2  1
    x_p2_t1_r1  balance_fewest_r1_t1  1
    x_p2_t1_r1  balance_most_r1_t1  1
    x_p2_t1_r1  both_p0_p2_r1_t1_p2  -1
    x_p2_t1_r1  both_p2_p3_r1_t1_p2  -1
    x_p2_t1_r1  host_r1_t1  1
    x_p2_t1_r1  host_r1_t1_p2  1
    x_p2_t1_r1  max_rounds_p2  1
    x_p2_t1_r1  met_p1_p2_r1  1
    x_p2_t1_r1  one_seat_p2_r1  1
    x_p2_t1_r1  seats_r1_t1  1
    x_p2_t1_r1  share_p2_p3_r1_t1  -1
    x_p2_t1_r1  stage_mix_rest_r1_t1_s1  1
    x_p2_t1_r1  stage_mix_seen_r1_t1_s0  1
    x_p3_t0_r0  attendance_floor_p3  1
    x_p3_t0_r0  balance_fewest_r0_t0  1
    x_p3_t0_r0  balance_most_r0_t0  1
    x_p3_t0_r0  both_p0_p3_r0_t0_p3  -1
    x_p3_t0_r0  both_p2_p3_r0_t0_p3  -1
    x_p3_t0_r0  company_r0_t0  1
    x_p3_t0_r0  host_r0_t0  1
    x_p3_t0_r0  host_r0_t0_p3  1
    x_p3_t0_r0  one_seat_p3_r0  1
    x_p3_t0_r0  share_p2_p3_r0_t0  -1
    x_p3_t0_r0  stage_mix_rest_r0_t0_s0  1
    x_p3_t0_r0  stage_mix_rest_r0_t0_s1  1
    x_p3_t1_r0  attendance_floor_p3  1
    x_p3_t1_r0  balance_fewest_r0_t1  1
    x_p3_t1_r0  balance_most_r0_t1  1
    x_p3_t1_r0  both_p0_p3_r0_t1_p3  -1
    x_p3_t1_r0  both_p2_p3_r0_t1_p3  -1
    x_p3_t1_r0  host_r0_t1  1
    x_p3_t1_r0  host_r0_t1_p3  1
    x_p3_t1_r0  met_p1_p3  1
    x_p3_t1_r0  one_seat_p3_r0  1
    x_p3_t1_r0  seats_r0_t1  1
    x_p3_t1_r0  share_p2_p3_r0_t1  -1
    x_p3_t1_r0  stage_mix_rest_r0_t1_s0  1
    x_p3_t1_r0  stage_mix_rest_r0_t1_s1  1
    x_p3_t1_r1  attendance_floor_p3  1
    x_p3_t1_r1  balance_fewest_r1_t1  1
    x_p3_t1_r1  balance_most_r1_t1  1
    x_p3_t1_r1  both_p0_p3_r1_t1_p3  -1
    x_p3_t1_r1  both_p2_p3_r1_t1_p3  -1
    x_p3_t1_r1  host_r1_t1  1
    x_p3_t1_r1  host_r1_t1_p3  1
    x_p3_t1_r1  met_p1_p3  1
    x_p3_t1_r1  one_seat_p3_r1  1
    x_p3_t1_r1  seats_r1_t1  1
    x_p3_t1_r1  share_p2_p3_r1_t1  -1
    x_p3_t1_r1  stage_mix_rest_r1_t1_s0  1
    x_p3_t1_r1  stage_mix_rest_r1_t1_s1  1
    x_p3_t2_r0  attendance_floor_p3  1
    x_p3_t2_r0  balance_fewest_r0_t2  1
    x_p3_t2_r0  balance_most_r0_t2  1
    x_p3_t2_r0  both_p0_p3_r0_t2_p3  -1
    x_p3_t2_r0  company_r0_t2  1
    x_p3_t2_r0  host_r0_t2  1
    x_p3_t2_r0  host_r0_t2_p3  1
    x_p3_t2_r0  one_seat_p3_r0  1
    x_p3_t2_r0  stage_mix_rest_r0_t2_s1  1
    x_p3_t2_r1  attendance_floor_p3  1
    x_p3_t2_r1  balance_fewest_r1_t2  1
    x_p3_t2_r1  balance_most_r1_t2  1
    x_p3_t2_r1  both_p0_p3_r1_t2_p3  -1
    x_p3_t2_r1  company_r1_t2  1
    x_p3_t2_r1  host_r1_t2  1
    x_p3_t2_r1  host_r1_t2_p3  1
    x_p3_t2_r1  one_seat_p3_r1  1
    x_p3_t2_r1  stage_mix_rest_r1_t2_s1  1
    x_p3_t3_r0  attendance_floor_p3  1
    x_p3_t3_r0  balance_fewest_r0_t3  1
    x_p3_t3_r0  balance_most_r0_t3  1
    x_p3_t3_r0  both_p0_p3_r0_t3_p3  -1
    x_p3_t3_r0  hold_fit  1.5
    x_p3_t3_r0  host_r0_t3  1
    x_p3_t3_r0  host_r0_t3_p3  1
    x_p3_t3_r0  met_p3_p4_r0  1
    x_p3_t3_r0  one_seat_p3_r0  1
    x_p3_t3_r0  stage_mix_rest_r0_t3_s1  1
    x_p3_t3_r1  attendance_floor_p3  1
    x_p3_t3_r1  balance_fewest_r1_t3  1
    x_p3_t3_r1  balance_most_r1_t3  1
    x_p3_t3_r1  both_p0_p3_r1_t3_p3  -1
    x_p3_t3_r1  hold_fit  1.5
    x_p3_t3_r1  host_r1_t3  1
    x_p3_t3_r1  host_r1_t3_p3  1
    x_p3_t3_r1  met_p3_p4_r1  1
    x_p3_t3_r1  one_seat_p3_r1  1
    x_p3_t3_r1  stage_mix_rest_r1_t3_s1  1
    MARK0003  'MARKER'                 'INTEND'
    fewest_r0  balance_fewest_r0_t0  -1
    fewest_r0  balance_fewest_r0_t1  -1
    fewest_r0  balance_fewest_r0_t2  -1
    fewest_r0  balance_fewest_r0_t3  -1
    fewest_r0  balance_r0  -1
    fewest_r0  hold_balance  -1
    MARK0004  'MARKER'                 'INTORG'
    used_t0_r0  balance_fewest_r0_t0  -5
    used_t0_r0  company_r0_t0  -2
    used_t0_r0  host_r0_t0  -1
    used_t0_r0  host_r0_t0_p0  -1
    used_t0_r0  host_r0_t0_p2  -1
    used_t0_r0  host_r0_t0_p3  -1
    used_t1_r0  balance_fewest_r0_t1  -4
    used_t1_r0  balance_most_r0_t1  1
    used_t1_r0  host_r0_t1  -1
    used_t1_r0  host_r0_t1_p0  -1
    used_t1_r0  host_r0_t1_p2  -1
    used_t1_r0  host_r0_t1_p3  -1
    used_t1_r0  max_rounds_p1  1
    used_t1_r0  stage_mix_rest_r0_t1_s0  1
    used_t1_r0  stage_mix_rest_r0_t1_s1  1
    used_t2_r0  balance_fewest_r0_t2  -5
    used_t2_r0  company_r0_t2  -2
    used_t2_r0  host_r0_t2  -1
    used_t2_r0  host_r0_t2_p0  -1
    used_t2_r0  host_r0_t2_p3  -1
    used_t3_r0  balance_fewest_r0_t3  -4
    used_t3_r0  balance_most_r0_t3  1
    used_t3_r0  host_r0_t3  -1
    used_t3_r0  host_r0_t3_p0  -1
    used_t3_r0  host_r0_t3_p3  -1
    used_t3_r0  stage_mix_rest_r0_t3_s1  1
    MARK0005  'MARKER'                 'INTEND'
    fewest_r1  balance_fewest_r1_t0  -1
    fewest_r1  balance_fewest_r1_t1  -1
    fewest_r1  balance_fewest_r1_t2  -1
    fewest_r1  balance_fewest_r1_t3  -1
    fewest_r1  balance_r1  -1
    fewest_r1  hold_balance  -1
    MARK0006  'MARKER'                 'INTORG'
    used_t0_r1  balance_fewest_r1_t0  -5
    used_t0_r1  company_r1_t0  -2
    used_t0_r1  host_r1_t0  -1
    used_t0_r1  host_r1_t0_p0  -1
    used_t0_r1  host_r1_t0_p2  -1
    used_t0_r1  host_r1_t0_p3  -1
    used_t1_r1  balance_fewest_r1_t1  -4
    used_t1_r1  balance_most_r1_t1  1
    used_t1_r1  host_r1_t1  -1
    used_t1_r1  host_r1_t1_p0  -1
    used_t1_r1  host_r1_t1_p2  -1
    used_t1_r1  host_r1_t1_p3  -1
    used_t1_r1  max_rounds_p1  1
    used_t1_r1  stage_mix_rest_r1_t1_s0  1
    used_t1_r1  stage_mix_rest_r1_t1_s1  1
    used_t2_r1  balance_fewest_r1_t2  -5
    used_t2_r1  company_r1_t2  -2
    used_t2_r1  host_r1_t2  -1
    used_t2_r1  host_r1_t2_p0  -1
    used_t2_r1  host_r1_t2_p3  -1
    used_t3_r1  balance_fewest_r1_t3  -4
    used_t3_r1  balance_most_r1_t3  1
    used_t3_r1  host_r1_t3  -1
    used_t3_r1  host_r1_t3_p0  -1
    used_t3_r1  host_r1_t3_p3  -1
    used_t3_r1  stage_mix_rest_r1_t3_s1  1
    MARK0007  'MARKER'                 'INTEND'
    fewest_r3  balance_fewest_r3_t0  -1
    fewest_r3  balance_fewest_r3_t3  -1
    fewest_r3  balance_r3  -1
    fewest_r3  hold_balance  -1
    most_r0   balance_most_r0_t0  -1
    most_r0   balance_most_r0_t1  -1
    most_r0   balance_most_r0_t2  -1
    most_r0   balance_most_r0_t3  -1
    most_r0   balance_r0  1
    most_r0   hold_balance  1
    most_r1   balance_most_r1_t0  -1
    most_r1   balance_most_r1_t1  -1
    most_r1   balance_most_r1_t2  -1
    most_r1   balance_most_r1_t3  -1
    most_r1   balance_r1  1
    most_r1   hold_balance  1
    most_r3   balance_most_r3_t0  -1
    most_r3   balance_most_r3_t3  -1
    most_r3   balance_r3  1
    most_r3   hold_balance  1
    z_p0_p2_r0_t0  both_p0_p2_r0_t0_p0  1
    z_p0_p2_r0_t0  both_p0_p2_r0_t0_p2  1
    z_p0_p2_r0_t0  meet_p0_p2_r0  1
    z_p0_p2_r0_t1  both_p0_p2_r0_t1_p0  1
    z_p0_p2_r0_t1  both_p0_p2_r0_t1_p2  1
    z_p0_p2_r0_t1  meet_p0_p2_r0  1
    z_p0_p2_r1_t0  both_p0_p2_r1_t0_p0  1
    z_p0_p2_r1_t0  both_p0_p2_r1_t0_p2  1
    z_p0_p2_r1_t0  meet_p0_p2_r1  1
    z_p0_p2_r1_t1  both_p0_p2_r1_t1_p0  1
    z_p0_p2_r1_t1  both_p0_p2_r1_t1_p2  1
    z_p0_p2_r1_t1  meet_p0_p2_r1  1
    z_p0_p3_r0_t0  both_p0_p3_r0_t0_p0  1
    z_p0_p3_r0_t0  both_p0_p3_r0_t0_p3  1
    z_p0_p3_r0_t0  meet_p0_p3_r0  1
    z_p0_p3_r0_t1  both_p0_p3_r0_t1_p0  1
    z_p0_p3_r0_t1  both_p0_p3_r0_t1_p3  1
    z_p0_p3_r0_t1  meet_p0_p3_r0  1
    z_p0_p3_r0_t2  both_p0_p3_r0_t2_p0  1
    z_p0_p3_r0_t2  both_p0_p3_r0_t2_p3  1
    z_p0_p3_r0_t2  meet_p0_p3_r0  1
    z_p0_p3_r0_t3  both_p0_p3_r0_t3_p0  1
    z_p0_p3_r0_t3  both_p0_p3_r0_t3_p3  1
    z_p0_p3_r0_t3  meet_p0_p3_r0  1
    z_p0_p3_r1_t0  both_p0_p3_r1_t0_p0  1
    z_p0_p3_r1_t0  both_p0_p3_r1_t0_p3  1
    z_p0_p3_r1_t0  meet_p0_p3_r1  1
    z_p0_p3_r1_t1  both_p0_p3_r1_t1_p0  1
    z_p0_p3_r1_t1  both_p0_p3_r1_t1_p3  1
    z_p0_p3_r1_t1  meet_p0_p3_r1  1
    z_p0_p3_r1_t2  both_p0_p3_r1_t2_p0  1
    z_p0_p3_r1_t2  both_p0_p3_r1_t2_p3  1
    z_p0_p3_r1_t2  meet_p0_p3_r1  1
    z_p0_p3_r1_t3  both_p0_p3_r1_t3_p0  1
    z_p0_p3_r1_t3  both_p0_p3_r1_t3_p3  1
    z_p0_p3_r1_t3  meet_p0_p3_r1  1
    z_p2_p3_r0_t0  both_p2_p3_r0_t0_p2  1
    z_p2_p3_r0_t0  both_p2_p3_r0_t0_p3  1
    z_p2_p3_r0_t0  meet_p2_p3_r0  1
    z_p2_p3_r0_t1  both_p2_p3_r0_t1_p2  1
    z_p2_p3_r0_t1  both_p2_p3_r0_t1_p3  1
    z_p2_p3_r0_t1  meet_p2_p3_r0  1
    z_p2_p3_r1_t0  both_p2_p3_r1_t0_p2  1
    z_p2_p3_r1_t0  both_p2_p3_r1_t0_p3  1
    z_p2_p3_r1_t0  meet_p2_p3_r1  1
    z_p2_p3_r1_t1  both_p2_p3_r1_t1_p2  1
    z_p2_p3_r1_t1  both_p2_p3_r1_t1_p3  1
    z_p2_p3_r1_t1  meet_p2_p3_r1  1
    fit_floor  fit_floor_p0  -1
    fit_floor  fit_floor_p2  -1
    fit_floor  fit_floor_p3  -1
    fit_floor  hold_fit_floor  1
    met_p0_p1  fit_floor_p0  1.2
    met_p0_p1  hold_fit  1.2
    met_p0_p1  met_p0_p1  -1
    met_p0_p2  fit_floor_p0  2.4
    met_p0_p2  fit_floor_p2  4.8
    met_p0_p2  hold_fit  2.4
    met_p0_p2  met_p0_p2  -1
    met_p0_p3  fit_floor_p0  0.1
    met_p0_p3  fit_floor_p3  0.1
    met_p0_p3  hold_fit  0.1
    met_p0_p3  met_p0_p3  -1
    met_p0_p4  fit_floor_p0  -1.7
    met_p0_p4  hold_fit  -1.7
    met_p0_p4  met_p0_p4_r0  -1
    met_p0_p4  met_p0_p4_r1  -1
    met_p1_p2  fit_floor_p2  -1.4
    met_p1_p2  hold_fit  -0.7
    met_p1_p2  met_p1_p2_r0  -1
    met_p1_p2  met_p1_p2_r1  -1
    met_p2_p3  fit_floor_p2  -0.8
    met_p2_p3  fit_floor_p3  -0.4
    met_p2_p3  hold_fit  -0.4
    met_p2_p3  met_p2_p3  -1
    met_p2_p3  met_p2_p3_r0  -1
    met_p2_p3  met_p2_p3_r1  -1
    met_p2_p3  wishes_floor_p3  1
    met_p1_p3  fit_floor_p3  2.4
    met_p1_p3  hold_fit  2.4
    met_p1_p3  met_p1_p3  -1
    met_p3_p4  fit_floor_p3  -1.4
    met_p3_p4  hold_fit  -1.4
    met_p3_p4  met_p3_p4_r0  -1
    met_p3_p4  met_p3_p4_r1  -1
    mixed_r0_t0_s0  hold_stage_mix  1
    mixed_r0_t0_s0  stage_mix_rest_r0_t0_s0  -1
    mixed_r0_t0_s0  stage_mix_some_r0_t0_s0  -1
    mixed_r0_t0_s1  hold_stage_mix  1
    mixed_r0_t0_s1  stage_mix_rest_r0_t0_s1  -1
    mixed_r0_t0_s1  stage_mix_some_r0_t0_s1  -1
    mixed_r0_t1_s0  hold_stage_mix  1
    mixed_r0_t1_s0  stage_mix_rest_r0_t1_s0  -1
    mixed_r0_t1_s0  stage_mix_some_r0_t1_s0  -1
    mixed_r0_t1_s1  hold_stage_mix  1
    mixed_r0_t1_s1  stage_mix_rest_r0_t1_s1  -1
    mixed_r0_t1_s1  stage_mix_some_r0_t1_s1  -1
    mixed_r0_t2_s1  hold_stage_mix  1
    mixed_r0_t2_s1  stage_mix_rest_r0_t2_s1  -1
    mixed_r0_t2_s1  stage_mix_some_r0_t2_s1  -1
    mixed_r0_t3_s1  hold_stage_mix  1
    mixed_r0_t3_s1  stage_mix_rest_r0_t3_s1  -1
    mixed_r0_t3_s1  stage_mix_some_r0_t3_s1  -1
    mixed_r1_t0_s0  hold_stage_mix  1
    mixed_r1_t0_s0  stage_mix_rest_r1_t0_s0  -1
    mixed_r1_t0_s0  stage_mix_some_r1_t0_s0  -1
    mixed_r1_t0_s1  hold_stage_mix  1
    mixed_r1_t0_s1  stage_mix_rest_r1_t0_s1  -1
    mixed_r1_t0_s1  stage_mix_some_r1_t0_s1  -1
    mixed_r1_t1_s0  hold_stage_mix  1
    mixed_r1_t1_s0  stage_mix_rest_r1_t1_s0  -1
    mixed_r1_t1_s0  stage_mix_some_r1_t1_s0  -1
    mixed_r1_t1_s1  hold_stage_mix  1
    mixed_r1_t1_s1  stage_mix_rest_r1_t1_s1  -1
    mixed_r1_t1_s1  stage_mix_some_r1_t1_s1  -1
    mixed_r1_t2_s1  hold_stage_mix  1
    mixed_r1_t2_s1  stage_mix_rest_r1_t2_s1  -1
    mixed_r1_t2_s1  stage_mix_some_r1_t2_s1  -1
    mixed_r1_t3_s1  hold_stage_mix  1
    mixed_r1_t3_s1  stage_mix_rest_r1_t3_s1  -1
    mixed_r1_t3_s1  stage_mix_some_r1_t3_s1  -1
    granted_p3  hold_wishes_floor  1
    granted_p3  wishes_floor_p3  -1
    granted_p4  hold_wishes_floor  1
    granted_p4  wishes_floor_p4  -1
    y_p0_p2_r0  meet_p0_p2_r0  -1
    y_p0_p2_r0  met_p0_p2  1
    y_p0_p2_r1  meet_p0_p2_r1  -1
    y_p0_p2_r1  met_p0_p2  1
    y_p0_p3_r0  meet_p0_p3_r0  -1
    y_p0_p3_r0  met_p0_p3  1
    y_p0_p3_r1  meet_p0_p3_r1  -1
    y_p0_p3_r1  met_p0_p3  1
    y_p2_p3_r0  meet_p2_p3_r0  -1
    y_p2_p3_r0  met_p2_p3  1
    y_p2_p3_r0  met_p2_p3_r0  1
    y_p2_p3_r0  repeats_p2_p3  1
    y_p2_p3_r0  share_p2_p3_r0_t0  1
    y_p2_p3_r0  share_p2_p3_r0_t1  1
    y_p2_p3_r1  meet_p2_p3_r1  -1
    y_p2_p3_r1  met_p2_p3  1
    y_p2_p3_r1  met_p2_p3_r1  1
    y_p2_p3_r1  repeats_p2_p3  1
    y_p2_p3_r1  share_p2_p3_r1_t0  1
    y_p2_p3_r1  share_p2_p3_r1_t1  1
    MARK0008  'MARKER'                 'INTORG'
    seen_r0_t0_s0  stage_mix_seen_r0_t0_s0  -1
    seen_r0_t0_s0  stage_mix_some_r0_t0_s0  2
    seen_r0_t0_s1  stage_mix_seen_r0_t0_s1  -1
    seen_r0_t0_s1  stage_mix_some_r0_t0_s1  2
    seen_r0_t1_s0  stage_mix_seen_r0_t1_s0  -1
    seen_r0_t1_s0  stage_mix_some_r0_t1_s0  2
    seen_r0_t1_s1  stage_mix_seen_r0_t1_s1  -1
    seen_r0_t1_s1  stage_mix_some_r0_t1_s1  2
    seen_r0_t2_s1  stage_mix_seen_r0_t2_s1  -1
    seen_r0_t2_s1  stage_mix_some_r0_t2_s1  1
    seen_r0_t3_s1  stage_mix_seen_r0_t3_s1  -1
    seen_r0_t3_s1  stage_mix_some_r0_t3_s1  2
    seen_r1_t0_s0  stage_mix_seen_r1_t0_s0  -1
    seen_r1_t0_s0  stage_mix_some_r1_t0_s0  2
    seen_r1_t0_s1  stage_mix_seen_r1_t0_s1  -1
    seen_r1_t0_s1  stage_mix_some_r1_t0_s1  2
    seen_r1_t1_s0  stage_mix_seen_r1_t1_s0  -1
    seen_r1_t1_s0  stage_mix_some_r1_t1_s0  2
    seen_r1_t1_s1  stage_mix_seen_r1_t1_s1  -1
    seen_r1_t1_s1  stage_mix_some_r1_t1_s1  2
    seen_r1_t2_s1  stage_mix_seen_r1_t2_s1  -1
    seen_r1_t2_s1  stage_mix_some_r1_t2_s1  1
    seen_r1_t3_s1  stage_mix_seen_r1_t3_s1  -1
    seen_r1_t3_s1  stage_mix_some_r1_t3_s1  2
    MARK0009  'MARKER'                 'INTEND'
RHS
    RHS_V     attendance_floor_p2  -2
    RHS_V     attendance_floor_p3  -1
    RHS_V     balance_fewest_r0_t0  -5
    RHS_V     balance_fewest_r0_t1  -5
    RHS_V     balance_fewest_r0_t2  -5
    RHS_V     balance_fewest_r0_t3  -5
    RHS_V     balance_fewest_r1_t0  -5
    RHS_V     balance_fewest_r1_t1  -5
    RHS_V     balance_fewest_r1_t2  -5
    RHS_V     balance_fewest_r1_t3  -5
    RHS_V     balance_fewest_r3_t0  -1
    RHS_V     balance_fewest_r3_t3  -1
    RHS_V     balance_most_r3_t0  -1
    RHS_V     balance_most_r3_t3  -1
    RHS_V     hold_attendance_floor  1.9999998
    RHS_V     hold_balance  0.0500001
    RHS_V     hold_fit  4.89999936
    RHS_V     hold_fit_floor  2.3749997625
    RHS_V     hold_repeats  0.0500001
    RHS_V     hold_stage_mix  2.849999715
    RHS_V     hold_wishes_floor  -1e-07
    RHS_V     max_rounds_p1  1
    RHS_V     max_rounds_p2  2
    RHS_V     one_seat_p0_r0  1
    RHS_V     one_seat_p0_r1  1
    RHS_V     one_seat_p2_r0  1
    RHS_V     one_seat_p2_r1  1
    RHS_V     one_seat_p3_r0  1
    RHS_V     one_seat_p3_r1  1
    RHS_V     repeats_p2_p3  1
    RHS_V     seats_r0_t1  1
    RHS_V     seats_r1_t1  1
    RHS_V     share_p2_p3_r0_t0  -1
    RHS_V     share_p2_p3_r0_t1  -1
    RHS_V     share_p2_p3_r1_t0  -1
    RHS_V     share_p2_p3_r1_t1  -1
BOUNDS
 BV BOUND     x_p3_t0_r1
 FR BOUND     attendance_floor
 BV BOUND     x_p0_t0_r0
 BV BOUND     x_p0_t0_r1
 BV BOUND     x_p0_t1_r0
 BV BOUND     x_p0_t1_r1
 BV BOUND     x_p0_t2_r0
 BV BOUND     x_p0_t2_r1
 BV BOUND     x_p0_t3_r0
 BV BOUND     x_p0_t3_r1
 BV BOUND     x_p2_t0_r0
 BV BOUND     x_p2_t0_r1
 BV BOUND     x_p2_t1_r0
 BV BOUND     x_p2_t1_r1
 BV BOUND     x_p3_t0_r0
 BV BOUND     x_p3_t1_r0
 BV BOUND     x_p3_t1_r1
 BV BOUND     x_p3_t2_r0
 BV BOUND     x_p3_t2_r1
 BV BOUND     x_p3_t3_r0
 BV BOUND     x_p3_t3_r1
 UP BOUND     fewest_r0  5
 BV BOUND     used_t0_r0
 BV BOUND     used_t1_r0
 BV BOUND     used_t2_r0
 BV BOUND     used_t3_r0
 UP BOUND     fewest_r1  5
 BV BOUND     used_t0_r1
 BV BOUND     used_t1_r1
 BV BOUND     used_t2_r1
 BV BOUND     used_t3_r1
 UP BOUND     fewest_r3  5
 UP BOUND     most_r0   5
 UP BOUND     most_r1   5
 UP BOUND     most_r3   5
 UP BOUND     z_p0_p2_r0_t0  1
 UP BOUND     z_p0_p2_r0_t1  1
 UP BOUND     z_p0_p2_r1_t0  1
 UP BOUND     z_p0_p2_r1_t1  1
 UP BOUND     z_p0_p3_r0_t0  1
 UP BOUND     z_p0_p3_r0_t1  1
 UP BOUND     z_p0_p3_r0_t2  1
 UP BOUND     z_p0_p3_r0_t3  1
 UP BOUND     z_p0_p3_r1_t0  1
 UP BOUND     z_p0_p3_r1_t1  1
 UP BOUND     z_p0_p3_r1_t2  1
 UP BOUND     z_p0_p3_r1_t3  1
 UP BOUND     z_p2_p3_r0_t0  1
 UP BOUND     z_p2_p3_r0_t1  1
 UP BOUND     z_p2_p3_r1_t0  1
 UP BOUND     z_p2_p3_r1_t1  1
 FR BOUND     fit_floor
 UP BOUND     met_p0_p1  1
 UP BOUND     met_p0_p2  1
 UP BOUND     met_p0_p3  1
 UP BOUND     met_p0_p4  1
 UP BOUND     met_p1_p2  1
 UP BOUND     met_p2_p3  1
 UP BOUND     met_p1_p3  1
 UP BOUND     met_p3_p4  1
 UP BOUND     mixed_r0_t0_s0  2
 UP BOUND     mixed_r0_t0_s1  2
 UP BOUND     mixed_r0_t1_s0  2
 UP BOUND     mixed_r0_t1_s1  2
 UP BOUND     mixed_r0_t2_s1  1
 UP BOUND     mixed_r0_t3_s1  2
 UP BOUND     mixed_r1_t0_s0  2
 UP BOUND     mixed_r1_t0_s1  2
 UP BOUND     mixed_r1_t1_s0  2
 UP BOUND     mixed_r1_t1_s1  2
 UP BOUND     mixed_r1_t2_s1  1
 UP BOUND     mixed_r1_t3_s1  2
 UP BOUND     granted_p3  1
 UP BOUND     granted_p4  1
 UP BOUND     y_p0_p2_r0  1
 UP BOUND     y_p0_p2_r1  1
 UP BOUND     y_p0_p3_r0  1
 UP BOUND     y_p0_p3_r1  1
 UP BOUND     y_p2_p3_r0  1
 UP BOUND     y_p2_p3_r1  1
 BV BOUND     seen_r0_t0_s0
 BV BOUND     seen_r0_t0_s1
 BV BOUND     seen_r0_t1_s0
 BV BOUND     seen_r0_t1_s1
 BV BOUND     seen_r0_t2_s1
 BV BOUND     seen_r0_t3_s1
 BV BOUND     seen_r1_t0_s0
 BV BOUND     seen_r1_t0_s1
 BV BOUND     seen_r1_t1_s0
 BV BOUND     seen_r1_t1_s1
 BV BOUND     seen_r1_t2_s1
 BV BOUND     seen_r1_t3_s1
ENDATA
