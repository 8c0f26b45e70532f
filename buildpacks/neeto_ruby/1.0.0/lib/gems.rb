# What a Gemfile asks for, and what Debian has of it.
#
#   gems.rb candidates         prints the Debian packages that may be the app's gems
#   gems.rb choose CANDIDATES  prints those that are, out of lines "PACKAGE VERSION"; says what cannot be had
#
# Exit code 1: what is wrong was said.
require "bundler"

# Gems whose package is not called ruby-NAME.
PACKAGES = { "rake" => "rake", "puma" => "puma", "unicorn" => "unicorn", "thin" => "thin", "bundler" => "ruby-bundler" }.freeze

def fail_with(*lines)
  lines.each { |line| warn " !     #{line}" }
  exit 1
end

# Debian's 1:2.2.2+dfsg-3 is 2.2.2.
def upstream(version)
  plain = version.sub(/\A\d+:/, "").sub(/-[^-]*\z/, "").sub(/\A.*\+really/, "")[/\A[0-9][0-9A-Za-z.]*/]
  Gem::Version.new(plain) if plain && Gem::Version.correct?(plain)
end

def package_of(name)
  PACKAGES.fetch(name) { "ruby-#{name.downcase.tr("_", "-").delete_prefix("ruby-")}" }
end

# Ruby brings some gems itself.
def there?(name, requirement)
  Gem::Specification.find_by_name(name, requirement) && true
rescue Gem::MissingSpecError
  false
end

definition =
  begin
    Bundler::Definition.build("Gemfile", nil, nil)
  rescue Bundler::BundlerError => e
    fail_with(*e.message.lines.map(&:chomp))
  end
without = ENV.fetch("BUNDLE_WITHOUT", "").split(/[: ]/).map(&:to_sym)
wanted = definition.dependencies.select { |gem| gem.should_include? && (gem.groups - without).any? }
locked = File.exist?("Gemfile.lock") ? Bundler::LockfileParser.new(File.read("Gemfile.lock")).specs.to_h { |spec| [spec.name, spec.version] } : {}
allowed = !["", "0"].include?(ENV.fetch("NEETO_RUBY_ALLOW_DEBIAN_VERSIONS", ""))

if ARGV[0] == "candidates"
  puts((wanted.map(&:name) + locked.keys).map { |name| package_of(name) }.uniq)
  exit
end

versions = File.readlines(ARGV[1], chomp: true).to_h { |line| line.split(" ", 2) }
problems = []
packages = []
wanted.each do |gem|
  package = package_of(gem.name)
  version = versions[package] && upstream(versions[package])
  pinned = locked[gem.name] unless allowed
  requirement = pinned ? Gem::Requirement.new("= #{pinned}") : gem.requirement
  if gem.source && !gem.source.is_a?(Bundler::Source::Rubygems)
    # Out of a repository or a folder of the app: a matter for Bundler.
  elsif version && requirement.satisfied_by?(version)
    packages << package
  elsif !there?(gem.name, requirement)
    asked = pinned ? "#{gem.name} #{pinned} (Gemfile.lock)" : gem.to_s
    problems << (version ? "#{asked}: Debian has #{version}" : "#{asked}: Debian has no package #{package}")
  end
end
unless allowed
  (locked.keys - wanted.map(&:name)).each do |name|
    version = versions[package_of(name)] && upstream(versions[package_of(name)])
    next if version.nil? || version == locked[name] || there?(name, "= #{locked[name]}")
    problems << "#{name} #{locked[name]} (Gemfile.lock): Debian has #{version}"
  end
end
unless problems.empty?
  advice = ["Name a source that can be reached, commit the gems with 'bundle cache', or ask for what Debian has."]
  advice << "To take Debian's versions instead of those in Gemfile.lock, set the config var NEETO_RUBY_ALLOW_DEBIAN_VERSIONS=1." if !allowed && locked.any?
  fail_with("Debian's packages are not what the app requires:", *problems.map { |problem| "  #{problem}" }, *advice)
end
puts packages.uniq.join(" ")
