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

    private final String title;
    private final Supplier<Opposite> maker;
    private final List<Peers> programs;

    OtherStack(String title, Supplier<Opposite> maker, Peers... programs) {
        this.title = title;
        this.maker = maker;
        this.programs = List.of(programs);
    }

    /** Conscrypt is told of groups and of tickets by methods of its own. */
    static void tune(SSLSocket socket, Terms own, Resumption how) {
        if (!own.groups().isEmpty())
            Conscrypt.setNamedGroups(socket, own.groups().toArray(String[]::new));
        Conscrypt.setUseSessionTickets(socket, how != Resumption.ID);
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
