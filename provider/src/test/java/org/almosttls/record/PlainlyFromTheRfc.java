package org.almosttls.record;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.almosttls.crypto.RecordKeys;

/** Records of application data in TLS 1.2, put together field by field in the order of the RFC's text. */
final class PlainlyFromTheRfc {

    private PlainlyFromTheRfc() {}

    /** RFC 5288 §3 and RFC 5246 §6.2.3.3, with the sequence number as explicit nonce. */
    static byte[] gcm(RecordKeys keys, long sequence, byte[] content) throws GeneralSecurityException, IOException {
        byte[] nonce = octets(out -> {
            out.write(keys.iv().bytes());
            out.writeLong(sequence);
        });
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE, new SecretKeySpec(keys.key().bytes(), "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(macHeader(sequence, content.length));
        byte[] sealed = cipher.doFinal(content);
        return record(octets(out -> {
            out.writeLong(sequence);
            out.write(sealed);
        }));
    }

    /** RFC 5246 §6.2.3.2: IV, and encrypted: content, MAC, padding. */
    static byte[] cbc(RecordKeys keys, String macName, long sequence, byte[] iv, byte[] content)
            throws GeneralSecurityException, IOException {
        byte[] mac = mac(keys, macName, sequence, content);
        int padding = 15 - (content.length + mac.length) % 16;
        return cbc(keys, iv, octets(out -> {
            out.write(content);
            out.write(mac);
            for (int i = 0; i <= padding; i++) out.write(padding);
        }));
    }

    /** RFC 5246 §6.2.3.1. */
    static byte[] mac(RecordKeys keys, String macName, long sequence, byte[] content)
            throws GeneralSecurityException, IOException {
        var mac = Mac.getInstance(macName);
        mac.init(new SecretKeySpec(keys.mac().bytes(), macName));
        mac.update(macHeader(sequence, content.length));
        return mac.doFinal(content);
    }

    /** A record with whatever is given as content, MAC and padding: whole blocks. */
    static byte[] cbc(RecordKeys keys, byte[] iv, byte[] blocks) throws GeneralSecurityException, IOException {
        var cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys.key().bytes(), "AES"), new IvParameterSpec(iv));
        byte[] sealed = cipher.doFinal(blocks);
        return record(octets(out -> {
            out.write(iv);
            out.write(sealed);
        }));
    }

    private static byte[] macHeader(long sequence, int length) throws IOException {
        return octets(out -> {
            out.writeLong(sequence);
            out.writeByte(23);
            out.writeShort(0x0303);
            out.writeShort(length);
        });
    }

    private static byte[] record(byte[] fragment) throws IOException {
        return octets(out -> {
            out.writeByte(23);
            out.writeShort(0x0303);
            out.writeShort(fragment.length);
            out.write(fragment);
        });
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] octets(Body body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
