package org.almosttls.agent.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The story: a server and clients that know nothing of us, under the agent, against each other and against others. */
final class Demo {

    private static final Pattern LISTENING = Pattern.compile("^listening on (\\S+)$");
    private static final Pattern PAGE = Pattern.compile("^protocol TLSv1\\.[23]$");
    private static final Pattern AT_CLIENT = Pattern.compile("^AlmostTLS \\S+ client > .*\\| TLSv1\\.3 ");
    private static final Pattern AT_SERVER = Pattern.compile("^AlmostTLS \\S+ server < .*\\| TLSv1\\.[23] ");
    private static final Pattern REFUSED_AT_CLIENT =
            Pattern.compile("^AlmostTLS \\S+ client > .*\\| FAILED CERTIFICATE_UNTRUSTED");
    private static final Pattern REFUSED_AT_SERVER = Pattern.compile("^AlmostTLS \\S+ server < .*\\| FAILED ");

    private final DemoFolder folder;
    private final JavaUnderAgent java;
    private final DemoProcesses processes;
    private final Screen screen;

    Demo(DemoFolder folder, JavaUnderAgent java, DemoProcesses processes, Screen screen) {
        this.folder = folder;
        this.java = java;
        this.processes = processes;
        this.screen = screen;
    }

    void show() throws DemoFailed, IOException, GeneralSecurityException, InterruptedException {
        screen.title("AlmostTLS under applications that nobody modified");
        screen.step("A certificate authority for an hour, and a certificate for localhost");
        folder.fill();
        screen.remark("in " + folder.path() + ", where all of the following runs");

        screen.step("The JDK's HttpsServer, under the agent");
        DemoProcess server = processes.start("server", java.plain("https-server", serving()));
        String url = server.expectLine("where it listens", LISTENING).group(1);

        fetch("HttpsURLConnection", java.trusting("url-client", url), server);
        fetch("java.net.http", java.trusting("http-client", url), server);
        fetch("SSLEngine over a SocketChannel", java.trusting("nio-client", url), server);
        chat();
        curl(url, server);
        openssl(Integer.parseInt(url.replaceAll("\\D", "")), server);
        refuse(url, server);

        screen.step("The server ends when nobody types to it any more");
        server.endInput();
        server.expectEnd(0);
    }

    private static String[] serving(String... first) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(List.of("--port", "0", "--keystore", DemoFolder.SERVER_STORE));
        words.addAll(List.of("--password", DemoFolder.PASSWORD, "--until-eof"));
        return words.toArray(new String[0]);
    }

    private void fetch(String api, List<String> command, DemoProcess server)
            throws DemoFailed, IOException, InterruptedException {
        screen.step("A client with " + api + ", under the agent");
        DemoProcess client = processes.start("client", command);
        client.endInput();
        client.expectLine("the page that the server made", PAGE);
        client.expectLine("its session as AlmostTLS tells it", AT_CLIENT);
        client.expectEnd(0);
        server.expectLine("the session as AlmostTLS tells it", AT_SERVER);
        screen.good("the page came, over AlmostTLS at both ends");
    }

    private void chat() throws DemoFailed, IOException, InterruptedException {
        screen.step("A chat over SSLSocket and SSLServerSocket, both ends under the agent");
        DemoProcess host = processes.start("host", java.plain("line-chat", serving("server")));
        String port = host.expectLine("where it listens", LISTENING).group(1).replaceAll("\\D", "");
        DemoProcess guest =
                processes.start("guest", java.trusting("line-chat", "client", "localhost", port, "--name", "Bob"));
        guest.expectLine("that it was let in", Pattern.compile("^\\* Bob is here$"));
        screen.remark("(Bob types: What do you know of TLS?)");
        guest.type("What do you know of TLS?");
        guest.expectLine("what was typed", Pattern.compile("^Bob: What do you know of TLS\\?$"));
        guest.endInput();
        guest.expectLine("its session as AlmostTLS tells it", AT_CLIENT);
        guest.expectEnd(0);
        host.expectLine("the session as AlmostTLS tells it", AT_SERVER);
        host.endInput();
        host.expectEnd(0);
        screen.good("the line went there and back, over AlmostTLS at both ends");
    }

    private void curl(String url, DemoProcess server) throws DemoFailed, IOException, InterruptedException {
        screen.step("curl, with its own TLS");
        Optional<Path> curl = DemoProcesses.find("curl");
        if (curl.isEmpty()) {
            screen.remark("left out: there is no curl on the PATH");
            return;
        }
        DemoProcess client = processes.start(
                "curl",
                List.of(
                        curl.get().toString(),
                        "-sS",
                        "--noproxy",
                        "localhost",
                        "--cacert",
                        DemoFolder.AUTHORITY_PEM,
                        url));
        client.expectLine("the page that the server made", PAGE);
        client.expectEnd(0);
        server.expectLine("the session as AlmostTLS tells it", AT_SERVER);
        screen.good("the page came, OpenSSL or what curl has at one end, AlmostTLS at the other");
    }

    private void openssl(int port, DemoProcess server) throws DemoFailed, IOException, InterruptedException {
        screen.step("openssl s_client, TLS 1.2");
        Optional<Path> openssl = DemoProcesses.find("openssl");
        if (openssl.isEmpty()) {
            screen.remark("left out: there is no openssl on the PATH");
            return;
        }
        List<String> command = new ArrayList<>(List.of(openssl.get().toString(), "s_client", "-tls1_2", "-quiet"));
        command.addAll(List.of("-no_ign_eof", "-verify_return_error", "-verify_hostname", "localhost"));
        command.addAll(List.of("-servername", "localhost", "-CAfile", DemoFolder.AUTHORITY_PEM));
        command.addAll(List.of("-connect", "localhost:" + port));
        DemoProcess client = processes.start("openssl", command);
        screen.remark("(typed: GET / HTTP/1.1, Host: localhost, and an empty line)");
        client.type("GET / HTTP/1.1\r\nHost: localhost\r\n\r");
        client.expectLine("the page that the server made", PAGE);
        client.endInput();
        client.expectEnd(0);
        server.expectLine("the session as AlmostTLS tells it", AT_SERVER);
        screen.good("the page came, OpenSSL at one end, AlmostTLS at the other");
    }

    private void refuse(String url, DemoProcess server) throws DemoFailed, IOException, InterruptedException {
        screen.step("A client that does not trust this authority");
        DemoProcess client = processes.start("client", java.plain("url-client", url));
        client.endInput();
        client.expectLine("why it refused", REFUSED_AT_CLIENT);
        client.expectEnd(1);
        server.expectLine("what became of the session", REFUSED_AT_SERVER);
        screen.good("refused, and both ends say why");
    }
}
