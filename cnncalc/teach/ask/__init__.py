"""Questions as people write them: words (`wording`), what they mean (`words`), what is given, asked, and answered."""
