timelineParts["le5m774w"]="=c161:!AQ\n=c188:!Ag\n=c189:!BA\n=d10:!AQ\n=d80:!Ag\n=d90:!BA\n=h1027:!AQ\n=h1299:!Ag\n=h1307:!BA\n=h1308:!BA\n=m11:!AQ\n=n11:!AQ\n=n12:!AQ\n=s0:!Bw\n=tags/comets:!Bw;!AQ\n=y1618:!AQ\n=y1882:!Ag\n=y1890:!BA\na:!BA\nabout:;;!Ag\nbuilt:!Ag\ncomet:!AQ;;!AQ\ncomets:!Bw;!AQ\ndas:;;!AQ\nder:!AQ\ndie:!Ag\ndome:!Ag\nfog:!BA\ngebaut:!Ag\ngesehen:!AQ\nis:!Aw\nkomet:!AQ\nkometenjahr:;;!AQ\nkuppel:!Ag\nnight:!BA\nof:!BA\nseen:!AQ\nthe:!Aw;;!AQ\nwird:!Aw\nyear:;;!AQ\n";
timelineParts["geaw7a7s"]=[["comet-seen","The comet is seen","","Nov 1618"],["dome-built","The dome is built","","spring 1882"],["only-english","A night of fog","","1890?"]];
timelineParts["55y4vkmx"]=[["en/articles/comet/","The comet year","","1 Oct 2019"],["en/about/","About"]];
timelineParts["mvz6vth5"]=[["tags","comets","comets","",3]];
timelineParts["5rrfup72"]={"days":"pw6H6Bm77F2F-yF4W","marks":"ADADCD","names":["tags/comets"],"named":"A.A.A."};
