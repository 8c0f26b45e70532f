import os
import platform

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return f"{os.environ.get('GREETING', 'Hello')} from Flask on Python {platform.python_version()}\n"
