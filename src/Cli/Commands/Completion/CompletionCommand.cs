using System.CommandLine;

namespace NeetoDeploy.Cli.Commands.Completion;

/// <summary><c>completion</c>: prints what a shell needs to complete our commands; the shell then asks us, by the <c>[suggest]</c> directive.</summary>
internal sealed class CompletionCommand : CliCommand
{
    private readonly Argument<string> shell = new("shell") { Description = "bash, zsh or fish." };

    public CompletionCommand()
        : base("completion", "Prints completion for your shell: eval \"$(neeto completion bash)\"")
    {
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Add(shell);
    }

    protected override Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        call.Screen.Output.Write(
            call.Get(shell) switch
            {
                "zsh" => Zsh,
                "fish" => Fish,
                _ => Bash,
            }
        );
        return Task.FromResult(ExitCode.Ok);
    }

    /// <summary>bash takes a colon for the end of a word, so the word is cut out of the line here, and what stands before its last colon is not repeated.</summary>
    private const string Bash = """
        _neeto() {
            local line=${COMP_LINE:0:COMP_POINT} word prefix= IFS=$'\n'
            word=${line##*[[:space:]]}
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "$line" 2>/dev/null)" -- "$word"))
            if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
                prefix=${word%"${word##*:}"}
                COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
            fi
        }
        complete -F _neeto neeto

        """;

    /// <summary>The words of this command alone, up to the cursor: more may stand on the line.</summary>
    private const string Zsh = """
        (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
        _neeto() {
            local -a found
            local line="${(j: :)words[1,CURRENT-1]} $PREFIX"
            found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -- $found
        }
        compdef _neeto neeto

        """;

    private const string Fish = """
        function __neeto
            set -l line (commandline -cp)
            neeto "[suggest:"(string length -- $line)"]" $line 2>/dev/null
        end
        complete -f -c neeto -a "(__neeto)"

        """;
}
