using System.Text;

namespace NeetoDeploy.Bench.Router;

/// <summary>Two nginx: the app that answers 1 KB, and the router that is measured against, with a <c>map</c> on the host and its log on.</summary>
internal static class NginxConfig
{
    public static string Upstream(string folder, int port) =>
        $$"""
            daemon off; pid {{folder}}/upstream.pid; error_log stderr error; worker_processes 2;
            events { worker_connections 4096; }
            http {
              access_log off; keepalive_requests 100000000; keepalive_timeout 75s;
              server { listen 127.0.0.1:{{port}}; location / { default_type text/plain; return 200 "{{new string('x', 1024)}}"; } }
            }
            """;

    public static string Router(string folder, int port, int upstreamPort, IReadOnlyList<string> hosts)
    {
        var map = new StringBuilder();
        foreach (var host in hosts)
            map.Append("    ").Append(host).AppendLine(" app;");
        return $$"""
            daemon off; pid {{folder}}/router.pid; error_log stderr error; worker_processes 2;
            events { worker_connections 4096; }
            http {
              map_hash_max_size 65536; map_hash_bucket_size 128;
              access_log {{folder}}/access.log; keepalive_requests 100000000;
              upstream app { server 127.0.0.1:{{upstreamPort}}; keepalive 128; keepalive_requests 100000000; }
              map $host $target {
                default "";
            {{map}}
              }
              server {
                listen 127.0.0.1:{{port}};
                location / {
                  proxy_pass http://$target; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme;
                  proxy_set_header X-Request-Id $request_id; proxy_set_header X-Request-Start $msec; proxy_set_header Via "1.1 nginx";
                }
              }
            }
            """;
    }
}
