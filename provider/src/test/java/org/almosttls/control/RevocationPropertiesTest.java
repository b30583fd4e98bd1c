package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.almosttls.ocsp.TestResponder;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Revocation by the platform's properties, in JVMs that were started with them. */
class RevocationPropertiesTest {

    private static final TestAuthority CA = new TestAuthority("Revoking CA");
    private static final TestIdentity SERVER =
            CA.issue("revoked").names(TestCertificates.HOST).ec("secp256r1").identity();

    @Timeout(120)
    abstract static class Suite extends Control {

        @TempDir
        private Path folder;

        Suite(Stack stack) {
            super(stack);
        }

        @BeforeEach
        void makeStores() throws Exception {
            write("keys.p12", SERVER.keyStore());
            write("trust.p12", TestCertificates.trustStore(CA.certificate()));
        }

        private void write(String name, KeyStore store) throws Exception {
            try (var out = Files.newOutputStream(folder.resolve(name))) {
                store.store(out, TestCertificates.PASSWORD);
            }
        }

        private static TestResponder responder() {
            var revoked = new RevokedStatus(Date.from(Instant.now().minusSeconds(86_400)), CRLReason.keyCompromise);
            return TestResponder.saying(CA.statusOf(SERVER.certificate(), revoked, Instant.now()));
        }

        private List<String> told(List<String> options, String... words) throws Exception {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-XX:TieredStopAtLevel=1");
            command.addAll(options);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), RevocationApp.class.getName()));
            command.add(stack().name());
            command.addAll(List.of(words));
            var said = folder.resolve("said");
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(Redirect.DISCARD)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertTrue(ended, command::toString);
            return Files.readAllLines(said, StandardCharsets.UTF_8);
        }

        @EachVersion
        void nobodyLooksUnlessAskedTo(String version) throws Exception {
            assertEquals(
                    List.of("client: takes it", "server: nothing"),
                    told(List.of(), version, "keys.p12", "trust.p12", "ocsp.enable=true"));
        }

        @EachVersion
        void theResponderIsAskedAndThePeerLearnsWhatItSaid(String version) throws Exception {
            try (var responder = responder()) {
                var told = told(
                        List.of("-Dcom.sun.net.ssl.checkRevocation=true"),
                        version,
                        "keys.p12",
                        "trust.p12",
                        "ocsp.enable=true",
                        "ocsp.responderURL=" + responder.address());
                assertEquals(
                        List.of(
                                "client: SSLHandshakeException for CertificateRevokedException",
                                "server: certificate_revoked"),
                        told);
            }
        }

        /** SunJSSE calls what the server itself has shown a bad response then; RFC 5246 §7.2.2 has an alert for it. */
        @EachVersion
        void whatTheServerStaplesIsEnough(String version) throws Exception {
            try (var responder = responder()) {
                var told = told(
                        List.of(
                                "-Dcom.sun.net.ssl.checkRevocation=true",
                                "-Djdk.tls.server.enableStatusRequestExtension=true",
                                "-Djdk.tls.stapling.responderURI=" + responder.address()),
                        version,
                        "keys.p12",
                        "trust.p12");
                var alert = stack().isOurs() ? "certificate_revoked" : "bad_certificate_status_response";
                assertEquals(
                        List.of("client: SSLHandshakeException for CertificateRevokedException", "server: " + alert),
                        told);
            }
        }
    }

    @Nested
    class OfSunJsse extends Suite {
        OfSunJsse() {
            super(Stack.SUN_JSSE);
        }
    }

    @Nested
    class OfAlmostTls extends Suite {
        OfAlmostTls() {
            super(Stack.ALMOST_TLS);
        }
    }
}
