package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.stream.Collectors;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.PemFiles;
import org.almosttls.testkit.PostQuantum;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Java 17 has no ML-DSA of its own; a JVM whose list of providers ends with Bouncy Castle's has, whichever it is. */
@Timeout(60)
class PostQuantumByAnotherProviderTest {

    @Test
    void whatAProviderBringsIsEnough() throws Exception {
        int next = Security.getProviders().length + 1;
        var properties = PemFiles.lines("security.provider." + next + "=" + BouncyCastleProvider.class.getName());
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.security.properties=" + properties,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Meeting.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertEquals(0, process.waitFor(), said);
        assertEquals(
                PostQuantum.SCHEMES.stream().map(SignatureScheme::name).collect(Collectors.joining(" ")), said.strip());
    }

    /** Two engines in a JVM of their own. */
    static final class Meeting {

        private Meeting() {}

        /** Says by which schemes they know each other. */
        public static void main(String[] args) throws Exception {
            for (var scheme : PostQuantum.SCHEMES) if (isKnown(scheme)) System.out.print(scheme.name() + ' ');
        }

        private static boolean isKnown(SignatureScheme scheme) throws Exception {
            var pair = new EnginePair(
                    PostQuantumAuthenticationTest.context(Contexts.OURS, scheme, PostQuantum.client(scheme)),
                    PostQuantumAuthenticationTest.context(Contexts.OURS, scheme, PostQuantum.server(scheme)));
            pair.server().engine().setNeedClientAuth(true);
            pair.handshake();
            var client = List.of(pair.client().engine().getSession().getPeerCertificates());
            var server = List.of(pair.server().engine().getSession().getPeerCertificates());
            return client.equals(PostQuantum.server(scheme).chain())
                    && server.equals(PostQuantum.client(scheme).chain());
        }
    }
}
