<?php

header('Content-Type: text/plain');
printf("%s from PHP %s\n", getenv('GREETING') ?: 'Hello', PHP_VERSION);
