package org.almosttls.trace;

import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;

/**
 * The {@code tls} object of a session's line. Between the same two ends it is the same again and again, and is made once.
 *
 * @param client the fingerprints of its hello
 * @param server what JA3S is made of
 * @param ofClient the client's own certificate; the rest of its chain is under {@code almosttls}
 * @param ofServer the server's
 */
record TlsFields(
        Optional<ProtocolVersion> version,
        Optional<CipherSuite> cipherSuite,
        Optional<NamedGroup> group,
        boolean established,
        boolean resumed,
        Optional<String> applicationProtocol,
        Optional<Fingerprints> client,
        Optional<String> server,
        Optional<CertificateFacts> ofClient,
        Optional<CertificateFacts> ofServer) {

    private static final int LONGEST = 1 << 14;

    private static final Known<TlsFields, SerializableString> KNOWN = new Known<>();

    static SerializableString of(SessionLine line) {
        var agreement = line.agreement();
        var fields = new TlsFields(
                agreement.version(),
                agreement.cipherSuite(),
                agreement.group(),
                line.isEstablished(),
                agreement.resumed(),
                agreement.applicationProtocol(),
                line.hellos().fingerprints(),
                line.hellos().server().map(Ja3::text),
                line.clientChain().stream().findFirst(),
                line.serverChain().stream().findFirst());
        return KNOWN.find(fields).orElseGet(fields::made);
    }

    private SerializableString made() {
        var made = JsonFields.object(this::write);
        if (isKept(made)) KNOWN.keep(this, made);
        return made;
    }

    /** Not what is long only because a peer wants so. */
    private boolean isKept(SerializableString made) {
        return made.getValue().length() + server.map(String::length).orElse(0) <= LONGEST
                && ofClient.map(CertificateFacts::isKept).orElse(true)
                && ofServer.map(CertificateFacts::isKept).orElse(true);
    }

    private void write(JsonFields tls) throws IOException {
        if (version.isPresent()) tls.object("protocol", protocol -> writeProtocol(version.get(), protocol));
        tls.text("cipher", cipherSuite.map(CipherSuite::name))
                .text("curve", group.map(NamedGroup::name))
                .flag("established", established)
                .flag("resumed", resumed)
                .text("next_protocol", applicationProtocol);
        tls.object("client", fields -> {
            if (ofClient.isPresent()) writeOwn(ofClient.get(), fields);
            fields.text("ja3", client.flatMap(Fingerprints::ja3));
            fields.made("supported_ciphers", client.map(Fingerprints::suites));
        });
        tls.object("server", fields -> {
            if (ofServer.isPresent()) writeOwn(ofServer.get(), fields);
            fields.text("ja3s", server.flatMap(Ja3::md5));
        });
    }

    /** OpenTelemetry: the name of the protocol in lower case, and the version's number. */
    private static void writeProtocol(ProtocolVersion version, JsonFields protocol) throws IOException {
        var name = version.jsseName();
        int v = name.lastIndexOf('v');
        if (v < 0) protocol.text("version", name);
        else
            protocol.text("name", name.substring(0, v).toLowerCase(Locale.ROOT)).text("version", name.substring(v + 1));
    }

    private static void writeOwn(CertificateFacts own, JsonFields end) throws IOException {
        if (own.contents().isPresent()) writeNames(own.contents().get(), end);
        end.object(
                "hash",
                hash -> hash.text("md5", own.digest("MD5"))
                        .text("sha1", own.digest("SHA-1"))
                        .text("sha256", own.digest("SHA-256")));
    }

    /** The names that ECS has at this place; {@code almosttls} has the same. */
    static void writeNames(CertificateFacts.Contents contents, JsonFields fields) throws IOException {
        fields.text("subject", contents.subject())
                .text("issuer", contents.issuer())
                .time("not_before", contents.notBefore())
                .time("not_after", contents.notAfter());
    }

    private List<Object> all() {
        return List.of(
                version,
                cipherSuite,
                group,
                established,
                resumed,
                applicationProtocol,
                client,
                server,
                ofClient,
                ofServer);
    }

    // By hand, since what a record has by itself the JVM may remember, and with it an agent that is gone.
    @Override
    public boolean equals(Object other) {
        return other instanceof TlsFields fields && all().equals(fields.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }
}
