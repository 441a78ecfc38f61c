"""The web application around the planner: sign-up, roster, plan, publish, invite."""
