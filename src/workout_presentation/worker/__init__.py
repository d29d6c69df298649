"""What runs beside the API: relay, jobs and schedules."""
