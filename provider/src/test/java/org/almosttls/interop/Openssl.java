package org.almosttls.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almosttls.testkit.PeerProcess;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.PemFiles;

/** OpenSSL's {@code s_server} and {@code s_client}. */
final class Openssl implements Opposite {

    private static final CommandLinePeer.Words SERVER = new CommandLinePeer.Words(
            "SSL alert number (\\d+)", "ALPN protocols selected: (\\S+)", "CIPHER is", "DONE");
    private static final CommandLinePeer.Words CLIENT = new CommandLinePeer.Words(
            "SSL alert number (\\d+)", "ALPN protocol: (\\S+)", "No ALPN negotiated", "(?m)^closed$");

    private static final Map<String, String> GROUPS = Map.of(
            "x25519", "X25519", "x448", "X448", "secp256r1", "P-256", "secp384r1", "P-384", "secp521r1", "P-521");
    private static final Map<String, String> FIELDS = new ConcurrentHashMap<>();
    private static final Map<String, String> VERSIONS =
            Map.of("TLSv1.1", "-tls1_1", "TLSv1.2", "-tls1_2", "TLSv1.3", "-tls1_3");

    private final List<String> options;

    /** With options for all that it does. */
    Openssl(String... options) {
        this.options = List.of(options);
    }

    @Override
    public boolean can(Ability ability) {
        return ability != Ability.CLOSE_FIRST_AS_SERVER;
    }

    @Override
    public Correspondent listen(Terms own) {
        return listen(own, options);
    }

    /** With further options. */
    CommandLinePeer listen(Terms own, List<String> more) {
        var words = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:0", "-naccept", "1"));
        words.addAll(common(own));
        switch (own.asks()) {
            case NEED -> words.addAll(List.of("-Verify", "2"));
            case WANT -> words.addAll(List.of("-verify", "2"));
            default -> {}
        }
        own.name().ifPresent(name -> words.addAll(nameInsistedOn(own, name)));
        words.addAll(more);
        var process = PeerProcess.start(Peers.OPENSSL, words, environment(own));
        int port = Integer.parseInt(process.output().await("ACCEPT 127\\.0\\.0\\.1:(\\d+)"));
        return new CommandLinePeer(process, SERVER, Optional.of(port));
    }

    private static List<String> nameInsistedOn(Terms own, String name) {
        var identity = own.own().orElseThrow();
        return List.of(
                "-servername",
                name,
                "-servername_fatal",
                "-cert2",
                PemFiles.of(identity.certificate()),
                "-key2",
                PemFiles.key(identity));
    }

    @Override
    public Correspondent call(Terms own, int port) {
        return call(own, port, options);
    }

    /** With further options. */
    CommandLinePeer call(Terms own, int port, List<String> more) {
        var words = new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port));
        words.addAll(common(own));
        String name = own.name().orElseThrow();
        words.addAll(List.of("-servername", name, "-verify_hostname", name));
        words.addAll(more);
        return new CommandLinePeer(PeerProcess.start(Peers.OPENSSL, words, environment(own)), CLIENT, Optional.empty());
    }

    @Override
    public Series serve(Terms own, Resumption how) {
        var words = new ArrayList<>(List.of("-naccept", Integer.toString(how.connections())));
        switch (how) {
            case ID -> words.add("-no_ticket");
            case TICKET -> words.add("-no_cache");
            default -> {}
        }
        own.groups().stream()
                .findFirst()
                .flatMap(Openssl::field)
                .ifPresent(it -> words.addAll(List.of("-dhparam", it)));
        return Series.of(listen(own, words));
    }

    /** RFC 7919: it has the fields, but for DHE it is to be given one. */
    private static Optional<String> field(String group) {
        if (!group.startsWith("ffdhe")) return Optional.empty();
        return Optional.of(FIELDS.computeIfAbsent(group, any -> {
            var words = List.of("genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:" + group);
            try (var process = PeerProcess.start(Peers.OPENSSL, words, Map.of())) {
                process.exitCode();
                return PemFiles.lines(process.output().toString());
            }
        }));
    }

    @Override
    public Series visit(Terms own, Resumption how) {
        return new OpensslVisits(own, how);
    }

    private static List<String> common(Terms own) {
        var words = new ArrayList<String>();
        words.add(VERSIONS.get(own.version()));
        words.addAll(List.of("-CAfile", PemFiles.of(own.trusted()), "-verify_return_error"));
        own.own()
                .ifPresent(it -> words.addAll(List.of(
                        "-cert",
                        PemFiles.of(it.certificate()),
                        "-cert_chain",
                        PemFiles.of(it.chain().get(1)),
                        "-key",
                        PemFiles.key(it))));
        // It has TLS 1.1 only where anything goes.
        boolean old = own.version().equals("TLSv1.1");
        var suites = own.suites().isEmpty() && old
                ? List.of("ALL")
                : own.suites().stream().map(Openssl::suite).toList();
        boolean newest = own.version().equals("TLSv1.3");
        if (!suites.isEmpty() && newest) words.addAll(List.of("-ciphersuites", String.join(":", own.suites())));
        else if (!suites.isEmpty())
            words.addAll(List.of("-cipher", String.join(":", suites) + (old ? ":@SECLEVEL=0" : "")));
        // It has these for TLS 1.3 only.
        var groups = own.groups().stream()
                .filter(it -> newest || !it.startsWith("ffdhe"))
                .map(it -> GROUPS.getOrDefault(it, it))
                .toList();
        if (!groups.isEmpty()) words.addAll(List.of("-groups", String.join(":", groups)));
        if (!own.alpn().isEmpty()) words.addAll(List.of("-alpn", String.join(",", own.alpn())));
        return words;
    }

    /** TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 is its ECDHE-RSA-AES128-SHA256. */
    private static String suite(String name) {
        var words = name.substring("TLS_".length())
                .replace("_WITH_", "_")
                .replace("AES_", "AES")
                .replace("_CBC", "");
        var ofStaticRsa = words.startsWith("RSA_") ? words.substring("RSA_".length()) : words;
        return ofStaticRsa.replace("POLY1305_SHA256", "POLY1305").replace('_', '-');
    }

    /** Its commands have no option for extended master secret; its configuration has. */
    private static Map<String, String> environment(Terms own) {
        if (own.ems()) return Map.of();
        return Map.of(
                "OPENSSL_CONF",
                PemFiles.lines(
                        "openssl_conf = all",
                        "[all]",
                        "ssl_conf = ssl",
                        "[ssl]",
                        "system_default = tls",
                        "[tls]",
                        "Options = -ExtendedMasterSecret"));
    }
}
