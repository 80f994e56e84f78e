"""Callers of the doctor, one a test."""

import pytest
from appointments import app


@pytest.fixture
def call_in(mock_twilio, twilio_call):
    mock_twilio.mount("https://doctor.example.com", app)

    def call_in(script):
        return twilio_call("+12125551234", script, url="https://doctor.example.com/voice")

    return call_in


def test_an_appointment_is_confirmed_by_text_message(call_in):
    call_in("hear 'press 2'; press 2; hear text 'half past two'")


def test_a_key_without_a_time_leads_back_to_the_menu(call_in):
    call_in("hear 'press 2'; press 3; hear 'press 1'")
