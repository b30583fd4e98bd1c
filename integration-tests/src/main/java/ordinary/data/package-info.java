/** Clients of data bases and their like, as their documentation sets them up. */
package ordinary.data;
