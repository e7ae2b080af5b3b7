timelineParts["ohbhlrno"]="=c202:!AQ\n=d20:!AQ\n=h1442:!AQ\n=m3:!AQ\n=n7:!AQ\n=places/cape:!AQ;!AQ\n=places/strait:!AQ;!Ag\n=s1:!AQ\n=ships/tern:!AQ;!BA\n=t2:!AQ\n=y2021:!AQ\nabout:;;!Ag\ncape:!AQ;!AQ\nis:!AQ;;!AQ\nlamp:!AQ;;!AQ\nlit:!AQ;;!AQ\nstrait:!AQ;!Ag\ntern:!AQ;!BA\nthe:!AQ;!Aw;!AQ\nwelcome:;;!BA\nاضيء:!AQ;;!AQ\nالراس:!AQ;!AQ\nالمصباح:!AQ;;!AQ\nالمضيق:!AQ;!Ag\nاهلا:;;!BA\nراس-:!AQ;!AQ\nمصباح-:!AQ;;!AQ\nمضيق-:!AQ;!Ag\n";
timelineParts["mz7kqd2k"]=[["lamp-lit","The lamp is lit","en","۲ مارس ۲۰۲۱"]];
timelineParts["egafrnl4"]=[["en/articles/lamp/","The lamp is lit","en","۴ مارس ۲۰۲۱"],["en/about/","About","en"],["en/","Welcome","en"]];
timelineParts["zuadrexw"]=[["places","cape","The Cape","en",1],["places","strait","The Strait","en",1],["ships","tern","Tern","en",1]];
timelineParts["wkmcpd3e"]={"days":"gwkBA","marks":"AJ","names":["places/cape","places/strait","ships/tern"],"named":"ABC."};
