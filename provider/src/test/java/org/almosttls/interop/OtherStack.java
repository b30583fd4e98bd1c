package org.almosttls.interop;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.almosttls.interop.Opposite.Ability;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Peers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;

/** Every stack that ours is tried with. */
enum OtherStack {
    OPENSSL("OpenSSL", Openssl::new, Peers.OPENSSL),
    GNUTLS("GnuTLS", Gnutls::new, Peers.GNUTLS_CLI, Peers.GNUTLS_SERV),
    SUNJSSE("SunJSSE", () -> new Jsse(Contexts.PLATFORM, EnumSet.noneOf(Ability.class))),
    BCJSSE(
            "BCJSSE",
            () -> new Jsse(new BouncyCastleJsseProvider(new BouncyCastleProvider()), EnumSet.noneOf(Ability.class))),
    CONSCRYPT("Conscrypt", () -> new Jsse(Conscrypt.newProvider(), EnumSet.noneOf(Ability.class), OtherStack::tune));

    private static final String[] OF_EITHER_KEY = {
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    };

    private final String title;
    private final Supplier<Opposite> maker;
    private final List<Peers> programs;

    OtherStack(String title, Supplier<Opposite> maker, Peers... programs) {
        this.title = title;
        this.maker = maker;
        this.programs = List.of(programs);
    }

    /**
     * Conscrypt is told of groups and of tickets by methods of its own. As a server of TLS 1.3 it finds its key by the
     * suites of TLS 1.2, so there only ours narrows the suites; and being told of tickets keeps it from sending.
     */
    static void tune(SSLSocket socket, Terms own, Resumption how) {
        boolean newest = own.version().equals("TLSv1.3");
        if (newest) socket.setEnabledCipherSuites(OF_EITHER_KEY);
        if (!own.groups().isEmpty())
            Conscrypt.setNamedGroups(socket, own.groups().toArray(String[]::new));
        if (!newest || socket.getUseClientMode()) Conscrypt.setUseSessionTickets(socket, how != Resumption.ID);
    }

    Opposite opposite() {
        programs.forEach(Peers::require);
        return maker.get();
    }

    boolean isThere() {
        return programs.stream().allMatch(program -> program.find().isPresent());
    }

    /** Whether it is part of a JVM. */
    boolean isOfJava() {
        return programs.isEmpty();
    }

    @Override
    public String toString() {
        return title;
    }
}
