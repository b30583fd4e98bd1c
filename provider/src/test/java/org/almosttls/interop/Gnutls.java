package org.almosttls.interop;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.almosttls.testkit.PeerProcess;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.PemFiles;

/** GnuTLS's {@code gnutls-serv}, which echoes, and {@code gnutls-cli}. */
final class Gnutls implements Opposite {

    private static final CommandLinePeer.Words WORDS = new CommandLinePeer.Words(
            "[Aa]lert \\[(\\d+)\\]",
            "Application protocol: (\\S+)",
            "Handshake was completed|Channel bindings",
            "Peer has closed the GnuTLS connection");

    private static final int MAX_ATTEMPTS = 10;

    private final List<String> options;
    /** What goes after the priorities. */
    private final String more;

    /** With options for all that it does. */
    Gnutls(String... options) {
        this(List.of(options), "");
    }

    private Gnutls(List<String> options, String more) {
        this.options = options;
        this.more = more;
    }

    /** The same, with one of its {@code %NO_…} words. */
    Gnutls without(String word) {
        return new Gnutls(options, ":" + word);
    }

    @Override
    public boolean can(Ability ability) {
        return ability != Ability.SHOW_ANY_CERTIFICATE;
    }

    @Override
    public Correspondent listen(Terms own) throws IOException {
        return listen(own, List.of("--nodb", "--noticket"));
    }

    /** With further options. */
    CommandLinePeer listen(Terms own, List<String> more) throws IOException {
        var words = new ArrayList<>(List.of("--echo"));
        words.addAll(more);
        words.addAll(common(own));
        switch (own.asks()) {
            case NEED -> words.addAll(List.of("--require-client-cert", "--verify-client-cert"));
            case WANT -> words.add("--verify-client-cert");
            default -> words.add("--disable-client-cert");
        }
        own.name().ifPresent(name -> words.addAll(List.of("--sni-hostname", name, "--sni-hostname-fatal")));
        if (!own.alpn().isEmpty()) words.add("--alpn-fatal");
        words.addAll(options);
        words.add("--port");
        return start(words);
    }

    /** It must be told its port, and another may take a free one before it does: then it is told another. */
    static CommandLinePeer start(List<String> words) throws IOException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = freePort();
            var all = new ArrayList<>(words);
            all.add(Integer.toString(port));
            var process = PeerProcess.start(Peers.GNUTLS_SERV, all, Map.of());
            String said = process.output().await("IPv4 \\S+ port \\d+\\.\\.\\.(\\w+)");
            if (said.equals("done")) return new Server(process, port);
            process.close();
        }
        throw new IOException("no free port in " + MAX_ATTEMPTS + " attempts");
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, Ours.LOOPBACK)) {
            return free.getLocalPort();
        }
    }

    @Override
    public Correspondent call(Terms own, int port) {
        return call(own, port, options);
    }

    /** With further options. */
    CommandLinePeer call(Terms own, int port, List<String> more) {
        var words = new ArrayList<>(List.of("--port", Integer.toString(port)));
        words.addAll(common(own));
        String name = own.name().orElseThrow();
        words.addAll(List.of("--sni-hostname", name, "--verify-hostname", name));
        words.addAll(more);
        words.add("127.0.0.1");
        return new CommandLinePeer(PeerProcess.start(Peers.GNUTLS_CLI, words, Map.of()), WORDS, Optional.empty());
    }

    @Override
    public Series serve(Terms own, Resumption how) throws IOException {
        return Series.of(
                switch (how) {
                    case NONE -> listen(own, List.of("--nodb", "--noticket"));
                    case ID -> listen(own, List.of("--noticket"));
                    default -> listen(own, List.of("--nodb"));
                });
    }

    @Override
    public Series visit(Terms own, Resumption how) {
        return new GnutlsVisits(own, how);
    }

    private List<String> common(Terms own) {
        var words = new ArrayList<>(
                List.of("--priority", priority(own) + more, "--x509cafile", PemFiles.of(own.trusted())));
        if (own.packets() > 0) words.addAll(List.of("--recordsize", Integer.toString(own.packets())));
        own.own()
                .ifPresent(it ->
                        words.addAll(List.of("--x509certfile", PemFiles.chain(it), "--x509keyfile", PemFiles.key(it))));
        for (String protocol : own.alpn()) words.addAll(List.of("--alpn", protocol));
        return words;
    }

    private static String priority(Terms own) {
        var priority = new StringBuilder("NORMAL:-VERS-ALL:+VERS-")
                .append(own.version().replace("v", ""));
        // Those of TLS 1.3 need whatever key exchange.
        boolean exchanges = own.suites().stream().anyMatch(it -> it.contains("_WITH_"));
        if (exchanges) priority.append(":-KX-ALL");
        if (!own.suites().isEmpty()) priority.append(":-CIPHER-ALL:-MAC-ALL");
        for (String suite : own.suites()) priority.append(':').append(suite(suite));
        if (!own.groups().isEmpty()) priority.append(":-GROUP-ALL");
        for (String group : own.groups()) priority.append(':').append("+GROUP-").append(group.toUpperCase(Locale.ROOT));
        if (!own.ems()) priority.append(":%NO_SESSION_HASH");
        return priority.toString();
    }

    /** TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA is its +ECDHE-RSA:+AES-128-CBC:+SHA1, TLS_AES_128_GCM_SHA256 a part. */
    private static String suite(String name) {
        int with = name.indexOf("_WITH_");
        int hash = name.lastIndexOf('_');
        if (with < 0) return "+" + name.substring("TLS_".length(), hash).replace('_', '-') + ":+AEAD";
        String exchange = name.substring("TLS_".length(), with);
        String cipher = name.substring(with + "_WITH_".length(), hash);
        String mac = cipher.endsWith("CBC") ? name.substring(hash + 1).replaceFirst("^SHA$", "SHA1") : "AEAD";
        return "+" + exchange.replace('_', '-') + ":+" + cipher.replace('_', '-') + ":+" + mac;
    }

    private static final class Server extends CommandLinePeer {

        Server(PeerProcess process, int port) {
            super(process, WORDS, Optional.of(port));
        }

        @Override
        public boolean echoes() {
            return true;
        }

        /** A polite signal makes it say close_notify on its connections. */
        @Override
        public void finish() {
            process.terminate();
        }
    }
}
