package org.almosttls.interop;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;

/**
 * What one end of a connection wants, whichever stack it is.
 *
 * @param version by the platform's name
 * @param suites by their standard names; as the stack likes if empty
 * @param groups {@code x25519}, {@code secp256r1}, {@code secp384r1}, best first; as the stack likes if empty
 * @param own its certificate and key
 * @param alpn the application protocols it speaks, best first
 * @param asks whether a server asks its client who it is
 * @param name a client asks for it and checks it; a server that has one refuses to be called otherwise
 * @param ems whether it speaks extended master secret (RFC 7627)
 * @param packets how long records may be, all that is around their content included; as the stack likes if 0
 */
record Terms(
        String version,
        List<String> suites,
        List<String> groups,
        Optional<TestIdentity> own,
        X509Certificate trusted,
        List<String> alpn,
        ClientAuthentication asks,
        Optional<String> name,
        boolean ems,
        int packets) {

    /** TLS 1.2 with {@code localhost}, all else as the stack likes. */
    static Terms client() {
        return new Terms(
                "TLSv1.2",
                List.of(),
                List.of(),
                Optional.empty(),
                TestCertificates.ca(),
                List.of(),
                ClientAuthentication.NONE,
                Optional.of(TestCertificates.HOST),
                true,
                0);
    }

    /** TLS 1.2, under whatever name, all else as the stack likes. */
    static Terms server(TestIdentity identity) {
        return client().as(identity).named(Optional.empty());
    }

    Terms as(TestIdentity identity) {
        return new Terms(version, suites, groups, Optional.of(identity), trusted, alpn, asks, name, ems, packets);
    }

    Terms only(String protocol) {
        return new Terms(protocol, suites, groups, own, trusted, alpn, asks, name, ems, packets);
    }

    Terms suites(String... names) {
        return new Terms(version, List.of(names), groups, own, trusted, alpn, asks, name, ems, packets);
    }

    Terms groups(List<String> names) {
        return new Terms(version, suites, names, own, trusted, alpn, asks, name, ems, packets);
    }

    Terms trusting(X509Certificate anchor) {
        return new Terms(version, suites, groups, own, anchor, alpn, asks, name, ems, packets);
    }

    Terms speaking(String... names) {
        return new Terms(version, suites, groups, own, trusted, List.of(names), asks, name, ems, packets);
    }

    Terms asking(ClientAuthentication whether) {
        return new Terms(version, suites, groups, own, trusted, alpn, whether, name, ems, packets);
    }

    Terms named(Optional<String> host) {
        return new Terms(version, suites, groups, own, trusted, alpn, asks, host, ems, packets);
    }

    Terms withoutExtendedMasterSecret() {
        return new Terms(version, suites, groups, own, trusted, alpn, asks, name, false, packets);
    }

    Terms packets(int octets) {
        return new Terms(version, suites, groups, own, trusted, alpn, asks, name, ems, octets);
    }
}
