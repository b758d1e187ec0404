from devanture.cli import app

app()
