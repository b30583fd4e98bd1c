package org.almosttls.delivery;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.EarlyData;
import org.almosttls.extension.Extension;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.Certificate13;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.Mallory;
import org.almosttls.testkit.TestKeys;

/** What can be wrong with the ClientHello of TLS 1.3, with a second one, and with the offer of a session. */
final class Hello13Misdeeds {

    private static final int RECORD = 16_000;

    private Hello13Misdeeds() {}

    static Stream<Misdeed> all() {
        return Stream.of(offers(), shares(), seconds(), sessions(), others())
                .flatMap(each -> each)
                .map(each -> each.how("TLS 1.3"));
    }

    private static Stream<Misdeed> offers() {
        return Stream.of(
                hello(Violation.COMPRESSION_OFFERED, it -> Hellos.compression(it, (byte) 1, (byte) 0)),
                with(Violation.COOKIE_NOT_GIVEN, Hellos.plus(new Cookie(new byte[3]))),
                with(Violation.EXTENSION_MISSING, Hellos.without(ExtensionType.KEY_SHARE)),
                with(
                        Violation.EXTENSION_MISPLACED,
                        Hellos.plus(new UnknownExtension(ExtensionType.OID_FILTERS, new byte[2]))));
    }

    private static Stream<Misdeed> shares() {
        var foreign = new KeyShareEntry(new NamedGroup(0x7A7A), new byte[1]);
        var hybrid = Terms.server().newest();
        hybrid = hybrid.mallory(hybrid.mallory().groups(NamedGroup.X25519_MLKEM768, NamedGroup.X25519));
        return Stream.of(
                ofShares(Violation.KEY_SHARE_TWICE, Terms.server().newest(), all -> List.of(all.get(0), all.get(0))),
                ofShares(Violation.KEY_SHARE_WITHOUT_GROUP, Terms.server().newest(), all -> List.of(foreign)),
                ofShares(Violation.KEY_SHARES_OUT_OF_ORDER, hybrid, all -> List.of(all.get(1), all.get(0))));
    }

    private static Misdeed ofShares(Violation violation, Terms terms, UnaryOperator<List<KeyShareEntry>> change) {
        return Misdeed.of(violation, terms, it -> it.changing(ClientHello.class, hello -> withShares(hello, change)));
    }

    private static ClientHello withShares(ClientHello hello, UnaryOperator<List<KeyShareEntry>> change) {
        var shares = hello.extensions().find(KeyShares.class).orElseThrow().entries();
        return Hellos.extensions(
                hello,
                all -> all.stream()
                        .map(each -> each instanceof KeyShares ? new KeyShares(change.apply(shares)) : each)
                        .toList());
    }

    /** The only share that there is at first is in a group that the victim has not enabled. */
    private static Terms retried() {
        var terms = Terms.server().newest();
        return terms.mallory(terms.mallory().groups(NamedGroup.SECP256R1_MLKEM768, NamedGroup.X25519));
    }

    private static Stream<Misdeed> seconds() {
        return Stream.of(
                second(
                        Violation.SECOND_HELLO_DIFFERS,
                        retried(),
                        it -> Hellos.extensions(it, Hellos.without(ExtensionType.SERVER_NAME))),
                second(Violation.KEY_SHARE_NOT_AS_REQUESTED, retried(), it -> withShares(it, all -> List.of())));
    }

    private static Misdeed second(Violation violation, Terms terms, Function<ClientHello, HandshakeMessage> change) {
        return Misdeed.of(violation, terms, it -> it.changing(ClientHello.class, Hello13Misdeeds::isSecond, change));
    }

    private static boolean isSecond(ClientHello hello) {
        var shares = hello.extensions().find(KeyShares.class).orElseThrow().entries();
        return shares.get(0).group().equals(NamedGroup.X25519);
    }

    private static Stream<Misdeed> sessions() {
        var again = Terms.server().newest().acquaintancesByTicket();
        return Stream.of(
                Misdeed.of(
                        Violation.WRONG_BINDER,
                        again,
                        it -> it.garbling(HandshakeType.CLIENT_HELLO, octets -> {
                            octets[octets.length - 1] ^= 1;
                            return octets;
                        })),
                Misdeed.of(
                        Violation.PSK_BINDERS_MISCOUNTED,
                        Terms.server().newest().acquaintancesByTicket(),
                        it -> it.changing(
                                ClientHello.class,
                                hello -> Hellos.extensions(hello, Hello13Misdeeds::withTwiceTheBinders))),
                Misdeed.of(
                        Violation.PSK_NOT_LAST,
                        Terms.server().newest().acquaintancesByTicket(),
                        it -> it.changing(
                                ClientHello.class,
                                hello -> Hellos.extensions(
                                        hello,
                                        Hellos.plus(new UnknownExtension(new ExtensionType(0x7A7A), new byte[0]))))));
    }

    private static List<Extension> withTwiceTheBinders(List<Extension> all) {
        return all.stream()
                .map(each -> each instanceof OfferedPreSharedKeys offered
                        ? new OfferedPreSharedKeys(
                                offered.identities(),
                                Collections.nCopies(2, offered.binders().get(0)))
                        : each)
                .toList();
    }

    private static Stream<Misdeed> others() {
        var stranger = Terms.server().newest().knowingNobody();
        var key = new TestKeys().plus("stranger", 0x5A, HashAlgorithm.SHA256);
        return Stream.of(
                Misdeed.of(
                        Violation.PSK_UNKNOWN,
                        stranger.mallory(stranger.mallory().credentials(key)),
                        it -> it.changing(ClientHello.class, hello -> hello)),
                Misdeed.of(
                        Violation.CERTIFICATE_REQUIRED,
                        Terms.server().newest().wishing(wishes -> wishes.setNeedClientAuth(true)),
                        it -> it.changing(Certificate13.class, none -> none)),
                Misdeed.of(Violation.TOO_MUCH_EARLY_DATA, retried(), Hello13Misdeeds::sayMuchTooEarly));
    }

    /** Before the hello that is asked for, so that the answer is not encrypted. */
    private static void sayMuchTooEarly(Mallory mallory) throws Exception {
        var hello = Hellos.extensions((ClientHello) mallory.firstMessage(), Hellos.plus(new EarlyData()));
        mallory.say(ContentType.HANDSHAKE, EncodedMessage.of(hello).bytes());
        byte[] data = RecordMisdeeds.bytes(23, 3, 3, RECORD >> 8, RECORD & 0xFF);
        for (int i = 0; i < 6; i++) mallory.sayRaw(data).sayRaw(new byte[RECORD]);
    }

    private static Misdeed with(Violation violation, UnaryOperator<List<Extension>> change) {
        return hello(violation, it -> Hellos.extensions(it, change));
    }

    private static Misdeed hello(Violation violation, Function<ClientHello, HandshakeMessage> change) {
        return Misdeed.of(violation, Terms.server().newest(), it -> it.changing(ClientHello.class, change));
    }
}
