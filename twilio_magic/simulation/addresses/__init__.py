"""The public web addresses of Twilio's samples: documents, music and Twimlets, which answer in every world."""
