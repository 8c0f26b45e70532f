greeting = ENV.fetch("GREETING", "Hello")

run ->(_env) { [200, { "content-type" => "text/plain" }, ["#{greeting} from Rack on Ruby #{RUBY_VERSION}\n"]] }
