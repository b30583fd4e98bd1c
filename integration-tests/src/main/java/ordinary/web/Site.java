package ordinary.web;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What all the servers serve: at {@code /} a greeting to who is there, at {@code /echo} what was posted. */
final class Site {

    static final String ECHO = "/echo";

    /** More than any of the uploads. */
    static final int LARGEST = 1 << 21;

    private Site() {}

    /** @param chain the client's certificates, none if it showed none */
    static String greeting(List<? extends Certificate> chain) {
        if (chain.isEmpty()) return "hello stranger";
        return "hello "
                + ((X509Certificate) chain.get(0)).getSubjectX500Principal().getName();
    }

    static String greeting(SSLSession session) {
        try {
            return greeting(List.of(session.getPeerCertificates()));
        } catch (SSLPeerUnverifiedException e) {
            return greeting(List.of());
        }
    }

    /** Says that servers are there, and their ports. */
    static void openInPlaintext(int... ports) {
        System.out.println(Arrays.stream(ports)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" ", "listening in plaintext on ", "")));
    }

    /** Says that the server is there, and the port that asks for no certificate of the client, and the one that does. */
    static void open(int stranger, int member) {
        System.out.println("listening on " + stranger + " and " + member);
    }
}
