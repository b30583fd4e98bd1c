package org.almosttls.trace;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.extension.SessionTicket;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.trace.SessionLine.Agreement;
import org.almosttls.trace.SessionLine.EarlyData;
import org.almosttls.trace.SessionLine.Resumption;

/** What was agreed: as the finished handshake says, else as far as the server's messages went. */
record Agreed(
        Said said, Optional<ClientHello> offer, Optional<ServerHello> answer, Optional<NegotiatedSession> session) {

    static Agreed of(Said said, Optional<NegotiatedSession> session) {
        return new Agreed(said, said.clientHello(), said.serverHello(), session);
    }

    Agreement agreement() {
        return session.map(this::finished).orElseGet(this::soFar);
    }

    private Agreement finished(NegotiatedSession known) {
        return new Agreement(
                Optional.of(known.version()),
                Optional.of(known.cipherSuite()),
                known.group(),
                known.scheme(),
                known.applicationProtocol(),
                said.fieldBits(),
                encryptsThenMacs(),
                known.extendedMasterSecret(),
                compression(),
                resumption(),
                pskIdentity(),
                earlyData());
    }

    private Agreement soFar() {
        if (!said.textbook().isEmpty()) return textbook();
        return new Agreement(
                said.version(),
                answer.map(ServerHello::cipherSuite),
                said.group(),
                said.scheme(),
                said.applicationProtocol(),
                said.fieldBits(),
                encryptsThenMacs(),
                answer.filter(Agreed::bindsKeysToHandshake).isPresent(),
                compression(),
                resumption(),
                pskIdentity(),
                earlyData());
    }

    /** AlmostTLSv1 agrees by saying hello. */
    private static Agreement textbook() {
        return new Agreement(
                Optional.of(ProtocolVersion.ALMOST_1),
                Optional.of(CipherSuite.ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private boolean encryptsThenMacs() {
        return answer.filter(hello -> hello.extensions().has(ExtensionType.ENCRYPT_THEN_MAC))
                .isPresent();
    }

    /** Told only where there is any. */
    private Optional<CompressionMethod> compression() {
        return answer.map(hello -> new CompressionMethod(hello.compressionMethod()))
                .filter(method -> !method.equals(CompressionMethod.NULL));
    }

    /** RFC 8446 §D: what RFC 7627 adds to TLS 1.2 is always so in TLS 1.3. */
    private static boolean bindsKeysToHandshake(ServerHello hello) {
        return hello.extensions().has(ExtensionType.EXTENDED_MASTER_SECRET)
                || hello.extensions().find(SelectedVersion.class).isPresent();
    }

    /** In hexadecimal where it is no text. */
    private Optional<String> pskIdentity() {
        return session.flatMap(NegotiatedSession::externalIdentity).map(Agreed::inWords);
    }

    private static String inWords(byte[] identity) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(identity))
                    .toString();
        } catch (CharacterCodingException octets) {
            return HexFormat.of().formatHex(identity);
        }
    }

    private Optional<EarlyData> earlyData() {
        return offer.filter(hello -> hello.extensions().has(ExtensionType.EARLY_DATA))
                .map(hello -> session.filter(NegotiatedSession::earlyData).isPresent()
                        ? EarlyData.ACCEPTED
                        : EarlyData.REJECTED);
    }

    private Optional<Resumption> resumption() {
        if (isByTicket()) return Optional.of(Resumption.TICKET);
        boolean ticket = offer.flatMap(hello -> hello.extensions().find(SessionTicket.class))
                .filter(offered -> offered.ticket().length > 0)
                .isPresent();
        if (!isResumed(ticket)) return Optional.empty();
        return Optional.of(ticket ? Resumption.TICKET : Resumption.ID);
    }

    /**
     * RFC 8446 §4.2.11: in TLS 1.3 the server says so, and there are no sessions but by ticket. As long as the handshake is
     * not finished, an identity that is no ticket shows by its age of 0.
     */
    private boolean isByTicket() {
        var chosen = answer.flatMap(hello -> hello.extensions().find(SelectedPreSharedKey.class))
                .map(SelectedPreSharedKey::identity);
        if (chosen.isEmpty()) return false;
        if (session.isPresent()) return session.get().externalIdentity().isEmpty();
        return offer.flatMap(hello -> hello.extensions().find(OfferedPreSharedKeys.class))
                .flatMap(keys -> keys.identities().stream().skip(chosen.get()).findFirst())
                .filter(identity -> identity.obfuscatedTicketAge() != 0)
                .isPresent();
    }

    /**
     * RFC 5246 §7.4.1.3: a server that resumes says the session id that the client offered. RFC 5077 §3.4: one that was
     * offered a ticket and no id resumes by leaving out what makes a handshake a full one.
     */
    private boolean isResumed(boolean ticket) {
        var before13 = answer.filter(
                hello -> hello.extensions().find(SelectedVersion.class).isEmpty());
        if (before13.isEmpty()) return false;
        byte[] offered = offer.map(hello -> hello.sessionId()).orElse(new byte[0]);
        return offered.length == 0
                ? ticket && session.isPresent() && !said.isFull()
                : Arrays.equals(before13.get().sessionId(), offered);
    }
}
