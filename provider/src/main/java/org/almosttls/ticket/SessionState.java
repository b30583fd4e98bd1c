package org.almosttls.ticket;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.Ticket;
import org.almosttls.config.TicketAge;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * What a ticket holds (RFC 5077 §4): the session, but for the server's own certificates, of which the digest of the first
 * will do. Owns the secret of the session.
 *
 * @param resumable without the certificates of this end
 * @param own names the certificate by which the server was authenticated
 * @param binding to whom and how strictly the client was judged; a session goes on only where it is the same
 */
public record SessionState(ResumableSession resumable, byte[] own, byte[] binding) implements AutoCloseable {

    /** Tickets of others may come under a shared key: what they hold does not begin like this. */
    private static final byte[] MAGIC = {'A', 'l', 'T', 3};

    private static final byte[] NO_OCTETS = {};

    /** A client's hello, with the ticket in it, should still fit a record. */
    private static final int MOST = 0x2000;

    /** For the caller to erase; nothing if it were too large a ticket. */
    Optional<byte[]> encode() {
        byte[] open = open();
        int length = resumable.master().length();
        if (open.length > MOST - length) return Optional.empty();
        // The secret comes last: no buffer that grows has seen it.
        byte[] whole = Arrays.copyOf(open, open.length + length);
        System.arraycopy(resumable.master().bytes(), 0, whole, open.length, length);
        return Optional.of(whole);
    }

    private byte[] open() {
        var session = resumable.session();
        var out = new WireWriter()
                .opaque(MAGIC)
                .uint8(resumable.master().length())
                .uint16(session.version().code())
                .uint16(session.cipherSuite().code())
                .opaque8(session.id());
        time(out, session.created())
                .uint8(session.extendedMasterSecret() ? 1 : 0)
                .uint16(session.fragmentLength())
                .uint8(session.compression().code());
        out.list16(session.peerSchemes(), scheme -> out.uint16(scheme.code()))
                .list16(session.serverNames(), name -> out.opaque16(name.getBytes(StandardCharsets.UTF_8)))
                .list24(session.peerChain(), certificate -> out.opaque24(encoded(certificate)));
        out.opaque8(own).opaque8(binding);
        out.opaque8(session.applicationProtocol()
                .map(name -> name.getBytes(StandardCharsets.ISO_8859_1))
                .orElse(NO_OCTETS));
        var ticket = resumable.ticket();
        ticket.flatMap(Ticket::age)
                .ifPresent(age -> time(out, age.since())
                        .uint32(age.added())
                        .uint32(ticket.get().earlyOctets()));
        return out.toByteArray();
    }

    private static WireWriter time(WireWriter out, Instant time) {
        long milliseconds = time.toEpochMilli();
        return out.uint32(milliseconds >>> 32).uint32(milliseconds & 0xFFFF_FFFFL);
    }

    private static Instant time(WireReader in) throws TlsAlertException {
        return Instant.ofEpochMilli(in.uint32() << 32 | in.uint32());
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException unencodable) {
            throw new IllegalStateException(unencodable);
        }
    }

    /** Erases {@code whole}; nothing if it is not what is written here. */
    static Optional<SessionState> decode(byte[] whole) {
        if (whole.length <= MAGIC.length) return Optional.empty();
        int open = whole.length - (whole[MAGIC.length] & 0xFF);
        if (open <= MAGIC.length) return Optional.empty();
        var master = Secret.owning(Arrays.copyOfRange(whole, open, whole.length));
        Arrays.fill(whole, open, whole.length, (byte) 0);
        try {
            return Optional.of(decode(new WireReader(Arrays.copyOf(whole, open)), master));
        } catch (TlsAlertException | CertificateException another) {
            // It may be of another program that shares the key.
            master.close();
            return Optional.empty();
        }
    }

    private static SessionState decode(WireReader in, Secret master) throws TlsAlertException, CertificateException {
        if (!Arrays.equals(MAGIC, in.opaque(MAGIC.length))) throw new CertificateException("not a session of ours");
        in.uint8();
        var version = new ProtocolVersion(in.uint16());
        var suite = new CipherSuite(in.uint16());
        var id = in.opaque8(1);
        var created = time(in);
        boolean extended = in.uint8() == 1;
        int fragmentLength = in.uint16();
        var compression = new CompressionMethod(in.uint8());
        var schemes = in.list16(0, each -> new SignatureScheme(each.uint16()));
        var names = in.list16(0, each -> new String(each.opaque16(0), StandardCharsets.UTF_8));
        var chain = chain(in.list24(0, each -> each.opaque24(1)));
        var own = in.opaque8(0);
        var binding = in.opaque8(0);
        var protocol = in.opaque8(0);
        var age = in.hasMore() ? Optional.of(new TicketAge(time(in), in.uint32())) : Optional.<TicketAge>empty();
        long early = age.isPresent() ? in.uint32() : 0;
        in.end();
        var session = new NegotiatedSession(
                version,
                suite,
                id,
                created,
                Optional.empty(),
                Optional.empty(),
                schemes,
                extended,
                fragmentLength,
                compression,
                chain,
                List.of(),
                names,
                protocol.length == 0
                        ? Optional.empty()
                        : Optional.of(new String(protocol, StandardCharsets.ISO_8859_1)),
                // A server keeps no status of its client's certificate: nobody asks for one.
                List.of());
        var ticket = age.map(known -> new Ticket(NO_OCTETS, Optional.empty(), Optional.of(known), early));
        return new SessionState(new ResumableSession(session, master, ticket), own, binding);
    }

    private static List<X509Certificate> chain(List<byte[]> encoded) throws CertificateException {
        if (encoded.isEmpty()) return List.of();
        var factory = CertificateFactory.getInstance("X.509");
        var chain = new ArrayList<X509Certificate>();
        for (var each : encoded)
            chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(each)));
        return List.copyOf(chain);
    }

    @Override
    public void close() {
        resumable.close();
    }
}
