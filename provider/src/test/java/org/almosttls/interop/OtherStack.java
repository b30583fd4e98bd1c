package org.almosttls.interop;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import org.almosttls.interop.Opposite.Ability;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Peers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/** Every stack that ours is tried with; Conscrypt is not: its sockets stall with ours as yet. */
enum OtherStack {
    OPENSSL(Openssl::new, Peers.OPENSSL),
    GNUTLS(Gnutls::new, Peers.GNUTLS_CLI, Peers.GNUTLS_SERV),
    SUNJSSE(() -> new Jsse(Contexts.PLATFORM, EnumSet.noneOf(Ability.class))),
    BCJSSE(() -> new Jsse(new BouncyCastleJsseProvider(new BouncyCastleProvider()), EnumSet.noneOf(Ability.class)));

    private final Supplier<Opposite> maker;
    private final List<Peers> programs;

    OtherStack(Supplier<Opposite> maker, Peers... programs) {
        this.maker = maker;
        this.programs = List.of(programs);
    }

    Opposite opposite() {
        programs.forEach(Peers::require);
        return maker.get();
    }

    boolean isThere() {
        return programs.stream().allMatch(program -> program.find().isPresent());
    }
}
